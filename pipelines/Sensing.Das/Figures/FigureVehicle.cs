using Sensing.Das.Events;

namespace Sensing.Das.Figures;

/// <summary>A vehicle by what its class is decided from.</summary>
/// <param name="Class">Chooses colour and shape.</param>
/// <param name="Amplitude">Strain-rate amplitude, 1/s, above 0.</param>
/// <param name="Vibration">Root mean square of its vibration, 1/s, above 0.</param>
public sealed record FigureVehicle(VehicleClass Class, double Amplitude, double Vibration);

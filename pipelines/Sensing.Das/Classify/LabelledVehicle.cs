namespace Sensing.Das.Classify;

/// <summary>A vehicle that was found, with the label that names it.</summary>
public sealed record LabelledVehicle(ClassifiedPassage Vehicle, VehicleLabel Label);

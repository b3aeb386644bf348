namespace Sensing.Das.Sources.Live;

/// <summary>Evenly spaced channels that lie beside each other in a message.</summary>
/// <param name="First">Number of the first in the message.</param>
/// <param name="Count">How many.</param>
/// <param name="FirstM">Distance along the fibre of the first, m.</param>
/// <param name="StepM">Distance from channel to channel, m.</param>
internal sealed record OptoDasRegion(int First, int Count, double FirstM, double StepM);

namespace Sensing.TrafficCamera.Sight;

/// <summary>How well a camera sees.</summary>
/// <param name="Quality">0 nothing … 1 a plain day, smoothed over a few seconds.</param>
/// <param name="Reason">What spoils it most; clear from 0.8 on.</param>
/// <param name="Figures">What was measured, smoothed likewise.</param>
public readonly record struct SightReport(double Quality, SightReason Reason, SightFigures Figures);

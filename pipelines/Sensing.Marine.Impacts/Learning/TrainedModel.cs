namespace Sensing.Marine.Impacts.Learning;

/// <summary>A trained classifier with how it does on voyages that it has not seen.</summary>
/// <param name="Network">The classifier, calibrated.</param>
/// <param name="Examples">Windows that it has learnt from.</param>
/// <param name="Accuracy">Share of held-out windows that it gets right.</param>
/// <param name="CalibrationError">Expected calibration error on them.</param>
public sealed record TrainedModel(ImpactNetwork Network, int Examples, double Accuracy, double CalibrationError);

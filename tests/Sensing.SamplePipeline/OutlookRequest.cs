namespace Sensing.SamplePipeline;

/// <summary>What the model needs.</summary>
/// <param name="PeakMs">Strongest wind in the last gust, m/s.</param>
/// <param name="MeanWindMs">Mean wind before it, m/s.</param>
public sealed record OutlookRequest(double PeakMs, double MeanWindMs);

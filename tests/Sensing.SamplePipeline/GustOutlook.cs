namespace Sensing.SamplePipeline;

/// <summary>What the model expects.</summary>
/// <param name="PeakMs">Strongest wind in the next gust, m/s.</param>
public sealed record GustOutlook(double PeakMs);

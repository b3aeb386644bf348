namespace Sensing.Das.Recordings;

/// <summary>What a recording says about itself.</summary>
public sealed record RecordingHeader
{
    /// <summary>Name of the format, e.g. <c>OptoDAS</c>.</summary>
    public required string Format { get; init; }

    public required string FormatVersion { get; init; }

    public required DasGeometry Geometry { get; init; }

    /// <summary>Time of the first sample, UTC.</summary>
    public required DateTimeOffset StartTime { get; init; }

    /// <summary>Samples per channel.</summary>
    public required long Rows { get; init; }

    /// <summary>What the values are once they are scaled.</summary>
    public required RecordedQuantity Quantity { get; init; }

    /// <summary>How the stored numbers become that quantity: a line for the data's history.</summary>
    public required string Conversion { get; init; }

    public DateTimeOffset EndTime => StartTime + TimeSpan.FromSeconds(Rows * Geometry.TimeStepSeconds);
}

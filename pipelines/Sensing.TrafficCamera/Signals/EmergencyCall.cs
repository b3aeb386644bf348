namespace Sensing.TrafficCamera.Signals;

/// <summary>An emergency vehicle on an approach.</summary>
public sealed record EmergencyCall
{
    /// <summary>Lane; null where it is not known.</summary>
    public int? Lane { get; init; }

    /// <summary>When it is expected at the stop line; null where it is not known: it counts as close.</summary>
    public DateTimeOffset? ExpectedArrival { get; init; }

    /// <summary>Calibrated confidence, 0 to 1.</summary>
    public required double Confidence { get; init; }
}

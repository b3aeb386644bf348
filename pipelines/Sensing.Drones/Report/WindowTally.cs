namespace Sensing.Drones.Report;

/// <summary>Tasks of one window of the quality of experience, by type.</summary>
internal sealed record WindowTally
{
    public required int[] Ended { get; init; }

    public required int[] Done { get; init; }
}

namespace Sensing.Testing.Delivery;

/// <summary>The edge node that produces.</summary>
public sealed record EdgeSetup
{
    /// <summary>Text added to each event, characters.</summary>
    public int Padding { get; init; } = 100;

    /// <summary>Without an answer for so long, though events are in flight, it connects anew, s.</summary>
    public double AckTimeoutSeconds { get; init; } = 30;

    /// <summary>The size of the disk that its data lie on, MB (10⁶ bytes); 0: the machine's own disk.</summary>
    public int DiskMegabytes { get; init; }
}

using System.Globalization;
using Sensing.Streams;

namespace Sensing.Das.Sources.Live;

/// <summary>Where a live stream stands: which sample of its grid comes next, and whether its silence has been told.</summary>
/// <param name="Epoch">Time of the grid's sample 0.</param>
/// <param name="NextSample">Number of the next sample.</param>
/// <param name="Geometry">Geometry of the blocks so far; null before the first.</param>
/// <param name="Away">The sensor is away, and that has been told: a stream that starts again does not tell it again.</param>
internal sealed record LivePosition(DateTimeOffset Epoch, long NextSample, DasGeometry? Geometry, bool Away)
{
    private const string Version = "optodas-zmq1";

    public static LivePosition Beginning { get; } = new(DateTimeOffset.UnixEpoch, 0, null, false);

    /// <summary>Time at which the next sample is expected; null before the first.</summary>
    public DateTimeOffset? Expected => Geometry?.TimeOf(Epoch, NextSample);

    public SourcePosition ToSourcePosition() => new(string.Create(CultureInfo.InvariantCulture,
        $"{Version}|{Epoch.UtcTicks}|{NextSample}|{(Away ? 1 : 0)}|{SavedGeometry.Text(Geometry)}"));

    /// <exception cref="SourceException">It is no position of a live stream.</exception>
    public static LivePosition Parse(SourcePosition position)
    {
        string[] parts = position.Value.Split('|');
        try
        {
            if (parts.Length == 9 && parts[0] == Version)
            {
                return new LivePosition(
                    new DateTimeOffset(SavedGeometry.Whole(parts[1]), TimeSpan.Zero), SavedGeometry.Whole(parts[2]),
                    SavedGeometry.Parse(parts, 4),
                    parts[3] == "1");
            }
        }
        catch (Exception error) when (error is FormatException or OverflowException or ArgumentOutOfRangeException)
        {
            // Falls through to the error that says what to do.
        }

        throw new SourceException(
            position.Value, null, "This saved position is not one of a live OptoDAS stream.", "Delete the stream's checkpoint to start from the present.");
    }
}

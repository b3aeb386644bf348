using System.Globalization;
using Sensing.Streams;

namespace Sensing.Das.Sources;

/// <summary>Where a source of files stands: in which file, at which row, and which sample of the stream's grid comes next.</summary>
/// <param name="Name">File, as the source names it; empty before the first.</param>
/// <param name="Row">Rows of it that are done.</param>
/// <param name="Finished">Nothing of the file is left.</param>
/// <param name="Epoch">Time of the grid's sample 0.</param>
/// <param name="NextSample">Number of the next sample.</param>
/// <param name="Geometry">Geometry of the blocks so far; null before the first.</param>
internal sealed record RecordingPosition(
    string Name, long Row, bool Finished, DateTimeOffset Epoch, long NextSample, DasGeometry? Geometry)
{
    private const string Version = "files1";

    public static RecordingPosition Beginning { get; } = new("", 0, true, DateTimeOffset.UnixEpoch, 0, null);

    /// <summary>Time at which the next sample is expected; null before the first block.</summary>
    public DateTimeOffset? Expected => Geometry?.TimeOf(Epoch, NextSample);

    public SourcePosition ToSourcePosition() => new(string.Create(CultureInfo.InvariantCulture,
        $"{Version}|{Row}|{(Finished ? 1 : 0)}|{Epoch.UtcTicks}|{NextSample}|{SavedGeometry.Text(Geometry)}|{Name}"));

    /// <exception cref="SourceException">It is no position of a source of files.</exception>
    public static RecordingPosition Parse(SourcePosition position)
    {
        string[] parts = position.Value.Split('|', 11);
        try
        {
            if (parts.Length == 11 && parts[0] == Version)
            {
                return new RecordingPosition(
                    parts[10], SavedGeometry.Whole(parts[1]), parts[2] == "1", new DateTimeOffset(SavedGeometry.Whole(parts[3]), TimeSpan.Zero), SavedGeometry.Whole(parts[4]),
                    SavedGeometry.Parse(parts, 5));
            }
        }
        catch (Exception error) when (error is FormatException or OverflowException or ArgumentOutOfRangeException)
        {
            // Falls through to the error that says what to do.
        }

        throw new SourceException(
            position.Value, null, "This saved position is not one of a source of recordings.", "Delete the stream's checkpoint to start from the beginning.");
    }
}

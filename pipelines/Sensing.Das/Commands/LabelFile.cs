using System.Globalization;
using Sensing.Das.Classify;
using Sensing.Das.Events;

namespace Sensing.Das.Commands;

/// <summary>Vehicles of known class from a CSV file; every mistake with its file, line and remedy.</summary>
/// <remarks>First line: the columns' names, in any order: <c>class</c>, and <c>time</c> or <c>id</c>, and perhaps <c>direction</c>; others are
/// passed over, as are empty lines and those that begin with #. Values are separated by commas and hold none.</remarks>
internal sealed class LabelFile
{
    private const int MostMistakes = 20;

    private readonly List<VehicleLabel> _labels = [];
    private readonly List<string> _mistakes = [];
    private readonly string _path;

    private LabelFile(string path) => _path = path;

    public IReadOnlyList<VehicleLabel> Labels => _labels;

    public IReadOnlyList<string> Mistakes => _mistakes;

    /// <param name="path">The labels.</param>
    /// <param name="eventPath">The events that ids are of; null where none is given.</param>
    public static LabelFile Read(string path, string? eventPath)
    {
        var file = new LabelFile(path);
        try
        {
            file.Read(File.ReadAllLines(path), eventPath);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            file._mistakes.Add($"--labels: {error.Message}");
        }

        return file;
    }

    private void Read(string[] lines, string? eventPath)
    {
        int head = Array.FindIndex(lines, IsContent);
        string[] columns = head < 0 ? [] : Split(lines[head].ToLowerInvariant());
        int kind = Array.IndexOf(columns, "class"), time = Array.IndexOf(columns, "time"), id = Array.IndexOf(columns, "id");
        if (kind < 0 || (time < 0 && id < 0))
        {
            Tell(Math.Max(head, 0), "the first line must name the columns 'class' and 'time' or 'id'", "Begin the file with a line such as time,class.");
            return;
        }

        LabelledEvents? events = null;
        if (time < 0)
        {
            if (eventPath is null)
            {
                Tell(head, "ids tell nothing without the events that they are of", "Name the events' file with --events, or give times.");
                return;
            }

            events = LabelledEvents.Read(eventPath);
            _mistakes.AddRange(events.Mistakes);
        }

        int direction = Array.IndexOf(columns, "direction");
        for (int i = head + 1; i < lines.Length && _mistakes.Count < MostMistakes; i++)
        {
            if (IsContent(lines[i]))
            {
                string[] values = Split(lines[i]);
                Array.Resize(ref values, Math.Max(values.Length, columns.Length));
                Read(i, values[kind] ?? "", time < 0 ? null : values[time] ?? "", time < 0 ? values[id] ?? "" : "", direction < 0 ? "" : values[direction] ?? "", events);
            }
        }

        if (_labels.Count == 0 && _mistakes.Count == 0)
        {
            Tell(head, "there are no labels after the first line", "Add a line for each vehicle whose class is known.");
        }
    }

    private void Read(int line, string kind, string? time, string id, string direction, LabelledEvents? events)
    {
        VehicleClass? known = kind.ToLowerInvariant() switch
        {
            "small" => VehicleClass.Small,
            "large" => VehicleClass.Large,
            "rail" => VehicleClass.Rail,
            _ => null,
        };
        if (known is not { } @class)
        {
            Tell(line, $"unknown class '{kind}'", "Write small, large or rail.");
            return;
        }

        TravelDirection? way = direction.ToLowerInvariant() switch
        {
            "increasing" => TravelDirection.Increasing,
            "decreasing" => TravelDirection.Decreasing,
            _ => null,
        };
        if (way is null && direction.Length > 0)
        {
            Tell(line, $"unknown direction '{direction}'", "Write increasing, decreasing, or nothing.");
        }
        else if (time is null)
        {
            if (events!.Find(id) is { } found)
            {
                _labels.Add(new VehicleLabel(found.Time, found.Direction, @class));
            }
            else if (events.Mistakes.Count == 0)
            {
                Tell(line, $"no vehicle with id '{id}' in {events.Path}", "Copy the id from the event, or give the file that it is in.");
            }
        }
        else if (TimeOf(time) is { } instant)
        {
            _labels.Add(new VehicleLabel(instant, way, @class));
        }
        else
        {
            Tell(line, $"'{time}' is not a time", "Write it as 2026-01-01T06:30:12.4Z.");
        }
    }

    /// <summary>ISO 8601 with its date, UTC where it names no offset.</summary>
    private static DateTimeOffset? TimeOf(string text) => text.Length >= 16 && text[4] == '-' && text[10] is 'T' or ' '
        && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out DateTimeOffset time)
        ? time : null;

    private static bool IsContent(string line) => line.AsSpan().Trim() is { IsEmpty: false } text && text[0] != '#';

    private static string[] Split(string line) => line.TrimStart('\uFEFF').Split(',', StringSplitOptions.TrimEntries);

    private void Tell(int line, string problem, string remedy) => _mistakes.Add($"{_path}, line {line + 1}: {problem}. {remedy}");
}

using System.Globalization;
using Sensing.Events;
using Sensing.Marine.Impacts.Inertial;

namespace Sensing.Marine.Impacts.Learning;

/// <summary>Labelled windows in a CSV file, one reading a line: <c>case,class,start_utc,t_s,ax_mps2,…,gz_radps</c>.</summary>
/// <remarks>Columns may stand in any order; <c>start_utc</c> may be missing. Readings arrive with jitter, so the rate is taken as constant over a window.</remarks>
public static class WindowFile
{
    /// <summary>Shorter windows hold no event: 4 readings are the least that a rate of change can be taken from.</summary>
    private const int Shortest = 4;

    private static readonly string[] Needed =
        ["case", "class", "t_s", "ax_mps2", "ay_mps2", "az_mps2", "gx_radps", "gy_radps", "gz_radps"];

    /// <summary>The windows of one file.</summary>
    /// <exception cref="WindowFileException">It cannot be read, or is of another form.</exception>
    public static IReadOnlyList<LabelledWindow> Read(string path)
    {
        try
        {
            return Parse(path, File.ReadLines(path));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new WindowFileException(path, error.Message, "Check the path.", error);
        }
    }

    /// <summary>The windows of all CSV files of a folder, in the order of their names.</summary>
    /// <exception cref="WindowFileException">One cannot be read, or there is none.</exception>
    public static IReadOnlyList<LabelledWindow> ReadFolder(string folder)
    {
        if (!Directory.Exists(folder))
        {
            throw new WindowFileException(folder, "there is no such folder.", "Name a folder with CSV files of labelled windows.");
        }

        LabelledWindow[] made = [.. Directory.EnumerateFiles(folder, "*.csv").Order(StringComparer.Ordinal).SelectMany(Read)];
        return made.Length > 0 ? made
            : throw new WindowFileException(folder, "it has no windows.", $"Put CSV files with the columns {string.Join(", ", Needed)} there.");
    }

    private static List<LabelledWindow> Parse(string path, IEnumerable<string> lines)
    {
        var windows = new List<LabelledWindow>();
        int[]? columns = null;
        int start = -1, number = 0;
        Open? open = null;
        foreach (string line in lines)
        {
            number++;
            if (string.IsNullOrWhiteSpace(line))
            {
                continue;
            }

            string[] cells = line.Split(',');
            if (columns is null)
            {
                columns = [.. Needed.Select(name => Array.FindIndex(cells, cell => cell.Trim() == name))];
                start = Array.FindIndex(cells, cell => cell.Trim() == "start_utc");
                int missing = Array.IndexOf(columns, -1);
                if (missing >= 0)
                {
                    throw new WindowFileException(path, $"there is no column {Needed[missing]}.", $"Needed are {string.Join(", ", Needed)}; start_utc is optional.");
                }

                continue;
            }

            double[] values = new double[7];
            if (cells.Length <= columns.Max() || cells.Length <= start || !Values(cells, columns, values))
            {
                throw new WindowFileException(path, $"line {number} is not a reading.", "Correct or delete it.");
            }

            string name = cells[columns[0]];
            if (open is null || open.Name != name || open.Class != cells[columns[1]])
            {
                Close(path, open, windows);
                DateTimeOffset? time = start >= 0 && EventTime.TryParse(cells[start], out DateTimeOffset parsed) ? parsed : null;
                open = new Open(name, cells[columns[1]], time);
            }

            open.Times.Add(values[0]);
            open.Samples.Add(new Motion6(values[1], values[2], values[3], values[4], values[5], values[6]));
        }

        Close(path, open, windows);
        return windows;
    }

    private static bool Values(string[] cells, int[] columns, double[] values)
    {
        for (int i = 0; i < values.Length; i++)
        {
            if (!double.TryParse(cells[columns[i + 2]], NumberStyles.Float, CultureInfo.InvariantCulture, out values[i]) || !double.IsFinite(values[i]))
            {
                return false;
            }
        }

        return true;
    }

    private static void Close(string path, Open? open, List<LabelledWindow> windows)
    {
        if (open is null)
        {
            return;
        }

        int count = open.Samples.Count;
        double seconds = count > 0 ? open.Times[^1] - open.Times[0] : 0;
        if (count < Shortest || seconds <= 0)
        {
            throw new WindowFileException(path, $"the window '{open.Name}' has {count} readings in {seconds} s.", $"A window needs at least {Shortest}, in order of time.");
        }

        windows.Add(new LabelledWindow(open.Name, open.Class, open.Start, MotionWindow.Of((count - 1) / seconds, open.Samples)));
    }

    private sealed record Open(string Name, string Class, DateTimeOffset? Start)
    {
        public List<double> Times { get; } = [];

        public List<Motion6> Samples { get; } = [];
    }
}

using System.Globalization;

namespace Sensing.Benchmarks.Das;

/// <summary>Reads label files: CSV with a column <c>t_{metres}</c> (seconds since the recording's start) for each labelled
/// position, <c>strength</c> (strong, medium, faint), <c>confidence</c> (clear, doubtful) and, if wanted, <c>note</c>.</summary>
public static class LabelFile
{
    private const string Example = "t_230,t_65,strength,confidence,note";
    private static readonly string[] Strengths = ["strong", "medium", "faint"];
    private static readonly string[] Confidences = ["clear", "doubtful"];

    /// <exception cref="MeasureException">Something is wrong: the message names the file, the line and what to do.</exception>
    public static LabelSet Read(string path) => Parse(path, File.ReadLines(path));

    /// <param name="path">Name of the file, for messages.</param>
    /// <param name="lines">Its lines.</param>
    /// <exception cref="MeasureException">Something is wrong: the message names the file, the line and what to do.</exception>
    public static LabelSet Parse(string path, IEnumerable<string> lines)
    {
        (string Text, int Number)[] filled = [.. lines.Select((text, i) => (text, i + 1)).Where(l => l.text.Trim().Length > 0)];
        if (filled.Length == 0)
        {
            throw new MeasureException($"{path}: the file is empty: its first line must name the columns, as in '{Example}'.");
        }

        LabelColumns columns = Header(path, filled[0].Number, Cells(path, filled[0].Number, filled[0].Text));
        PassageLabel[] rows = [.. filled.Skip(1).Select(l => Row(path, l.Number, columns, Cells(path, l.Number, l.Text)))];
        double[] positions = [.. columns.Times.Select(t => t.PositionM).Order()];
        return new LabelSet(path, positions, rows, Scored(path, positions, rows));
    }

    private static LabelColumns Header(string path, int line, List<string> header)
    {
        string[] names = [.. header.Select(h => h.Trim().TrimStart('\uFEFF'))];
        if (names.GroupBy(n => n).FirstOrDefault(g => g.Count() > 1) is { } twice)
        {
            throw new MeasureException($"{path}, line {line}: the column '{twice.Key}' is named twice: rename or remove one.");
        }

        int Column(string name) => Array.IndexOf(names, name) is >= 0 and int i ? i : throw new MeasureException(
            $"{path}, line {line}: there is no column '{name}': the first line must name the columns, as in '{Example}'.");
        (int, double)[] times = [.. names.Select((name, i) => (name, i))
            .Where(h => h.name.StartsWith("t_", StringComparison.Ordinal))
            .Select(h => (h.i, Number(h.name[2..]) ?? throw new MeasureException(
                $"{path}, line {line}: '{h.name}' does not name a position: write t_ and metres along the fibre, as in 't_65'.")))];
        return times.Length == 0
            ? throw new MeasureException($"{path}, line {line}: there is no column of times: name one for each labelled position, as in '{Example}'.")
            : new LabelColumns(times, Column("strength"), Column("confidence"), Array.IndexOf(names, "note"), names.Length);
    }

    private static PassageLabel Row(string path, int line, LabelColumns columns, List<string> cells)
    {
        if (cells.Count > columns.Count || cells.Count <= Math.Max(columns.Strength, columns.Confidence))
        {
            throw new MeasureException(
                $"{path}, line {line}: {cells.Count} cells where the first line names {columns.Count} columns: put a note that holds commas in double quotes, leave unknown times empty.");
        }

        var times = new Dictionary<double, double>();
        foreach ((int index, double position) in columns.Times)
        {
            if (cells[index].Trim() is { Length: > 0 } cell)
            {
                times[position] = Number(cell) ?? throw new MeasureException(
                    $"{path}, line {line}: '{cell}' is no time in seconds since the recording's start: write it as in 60.45, or leave it empty.");
            }
        }

        string OneOf(string name, string cell, string[] words) => words.Contains(cell) ? cell : throw new MeasureException(
            $"{path}, line {line}: {name} is '{cell}': it must be one of {string.Join(", ", words)}.");
        string strength = OneOf("strength", cells[columns.Strength].Trim(), Strengths);
        bool clear = OneOf("confidence", cells[columns.Confidence].Trim(), Confidences) == "clear";
        return new PassageLabel(times, strength, clear, columns.Note >= 0 && columns.Note < cells.Count ? cells[columns.Note] : "") { Line = line };
    }

    private static double Scored(string path, double[] positions, PassageLabel[] rows)
    {
        PassageLabel[] clear = [.. rows.Where(r => r.Clear)];
        double[] common = [.. positions.Where(p => Array.TrueForAll(clear, r => r.Times.ContainsKey(p)))];
        if (common.Length > 0)
        {
            return common.MinBy(p => Math.Abs(p - LabelSet.DescribedM));
        }

        double fullest = positions.MaxBy(p => clear.Count(r => r.Times.ContainsKey(p)));
        PassageLabel without = clear.First(r => !r.Times.ContainsKey(fullest));
        throw new MeasureException(string.Create(CultureInfo.InvariantCulture,
            $"{path}, line {without.Line}: this clear row has no t_{fullest}, and no other column has a time in every clear row, so there is no position to score at: fill it in, or call the row doubtful."));
    }

    private static double? Number(string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) && double.IsFinite(value) ? value : null;

    /// <summary>The cells of a line; a cell in double quotes may hold commas.</summary>
    private static List<string> Cells(string path, int number, string line)
    {
        var cells = new List<string> { "" };
        bool quoted = false;
        foreach (char c in line)
        {
            if (c == '"')
            {
                quoted = !quoted;
            }
            else if (c == ',' && !quoted)
            {
                cells.Add("");
            }
            else
            {
                cells[^1] += c;
            }
        }

        return !quoted ? cells : throw new MeasureException($"{path}, line {number}: a double quote is not closed: a row is one line, close the quote.");
    }

    /// <summary>Where a file's columns are; note is -1 where there is none.</summary>
    private sealed record LabelColumns(
        IReadOnlyList<(int Index, double PositionM)> Times, int Strength, int Confidence, int Note, int Count);
}

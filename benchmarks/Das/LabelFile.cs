using System.Globalization;

namespace Sensing.Benchmarks.Das;

/// <summary>Reads label files: CSV with columns <c>t_{position}</c> (seconds), <c>strength</c>, <c>confidence</c>, <c>note</c>.</summary>
public static class LabelFile
{
    /// <exception cref="MeasureException">A column is missing or a value is no number.</exception>
    public static IReadOnlyList<PassageLabel> Read(string path)
    {
        string[] lines = [.. File.ReadLines(path).Where(l => l.Trim().Length > 0)];
        List<string> header = Cells(lines[0]);
        int strength = Column(path, header, "strength"), confidence = Column(path, header, "confidence"), note = header.IndexOf("note");
        (int Index, double Position)[] times = [.. header.Select((name, i) => (name, i))
            .Where(h => h.name.StartsWith("t_", StringComparison.Ordinal))
            .Select(h => (h.i, double.Parse(h.name[2..], CultureInfo.InvariantCulture)))];
        var labels = new List<PassageLabel>();
        for (int l = 1; l < lines.Length; l++)
        {
            List<string> cells = Cells(lines[l]);
            var marks = new Dictionary<double, double>();
            foreach ((int index, double position) in times)
            {
                if (index < cells.Count && cells[index].Trim().Length > 0)
                {
                    marks[position] = double.TryParse(cells[index], NumberStyles.Float, CultureInfo.InvariantCulture, out double t) ? t
                        : throw new MeasureException($"{path}, line {l + 1}: '{cells[index]}' is no time in seconds.");
                }
            }

            labels.Add(new PassageLabel(
                marks, cells[strength].Trim(), cells[confidence].Trim() == "clear", note >= 0 && note < cells.Count ? cells[note] : ""));
        }

        return labels;
    }

    private static int Column(string path, List<string> header, string name) => header.IndexOf(name) is >= 0 and int i ? i
        : throw new MeasureException($"{path}: there is no column '{name}'.");

    /// <summary>The cells of a line; a cell in double quotes may hold commas.</summary>
    private static List<string> Cells(string line)
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

        return cells;
    }
}

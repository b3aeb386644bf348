namespace Sensing.CloudIngest.Models;

/// <summary>A CSV file of labels as a person brings it: any columns, among them <c>source</c>, <c>id</c> and <c>label</c>.</summary>
internal static class LabelLines
{
    private static readonly string[] Needed = ["source", "id", "label"];

    /// <summary>The lines that have a label.</summary>
    /// <exception cref="RegistryException">A column is missing, or a line has fewer columns than the first.</exception>
    public static IEnumerable<LabelLine> Read(string path)
    {
        int[]? columns = null;
        int number = 0;
        foreach (string line in File.ReadLines(path))
        {
            number++;
            string[] cells = [.. line.Split(line.Contains(';', StringComparison.Ordinal) && !line.Contains(',', StringComparison.Ordinal) ? ';' : ',')
                .Select(cell => cell.Trim().Trim('"'))];
            if (columns is null)
            {
                columns = [.. Needed.Select(name => Array.IndexOf(cells, name))];
                if (columns.Contains(-1))
                {
                    throw new RegistryException($"{path}: the first line must name the columns {string.Join(", ", Needed)}.");
                }
            }
            else if (cells is not [""])
            {
                if (cells.Length <= columns.Max())
                {
                    throw new RegistryException($"{path}: line {number} has {cells.Length} columns, fewer than the first line: correct or delete it.");
                }

                if (cells[columns[2]].Length > 0)
                {
                    yield return new LabelLine(cells[columns[0]], cells[columns[1]], cells[columns[2]]);
                }
            }
        }
    }
}

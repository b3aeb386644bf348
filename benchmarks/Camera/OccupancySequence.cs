using System.Globalization;

namespace Sensing.Benchmarks.Camera;

/// <summary>Pictures of a camera in order, and masks made by people for some of them.</summary>
/// <param name="Name">For the table.</param>
/// <param name="Frames">Number in the file's name, and path; ascending.</param>
/// <param name="Masks">Path of the mask of a number.</param>
/// <param name="From">First number that is scored.</param>
/// <param name="To">Last number that is scored.</param>
internal sealed record OccupancySequence(
    string Name, IReadOnlyList<(int Number, string Path)> Frames, IReadOnlyDictionary<int, string> Masks, int From, int To)
{
    private static readonly string[] Extensions = [".jpg", ".jpeg", ".png", ".bmp"];

    /// <summary>Pictures of a folder with masks of another; those with the same number belong together.</summary>
    /// <param name="name">For the table.</param>
    /// <param name="frames">Folder of pictures whose names end with their number.</param>
    /// <param name="masks">Folder of masks: 0 still, 50 shadow, 85 outside, 170 unknown, 255 moving.</param>
    /// <param name="from">First number to score; null: the first mask's.</param>
    /// <param name="to">Last number to score; null: the last mask's.</param>
    /// <param name="history">How many pictures before that the models see; null: all.</param>
    /// <exception cref="MeasureException">A folder is missing, or no picture has a mask.</exception>
    public static OccupancySequence Open(string name, string frames, string masks, int? from, int? to, int? history)
    {
        List<(int Number, string Path)> pictures = List(frames);
        var truth = List(masks).ToDictionary(m => m.Number, m => m.Path);
        int[] both = [.. pictures.Select(p => p.Number).Where(n => truth.ContainsKey(n) && !(n < from) && !(n > to))];
        if (both.Length == 0)
        {
            throw new MeasureException($"No picture in {frames} has a mask of the same number in {masks} between --from and --to.");
        }

        int first = from ?? both[0], last = to ?? both[^1];
        int start = pictures.FindIndex(p => p.Number >= first);
        int skip = history is { } most ? Math.Max(0, start - most) : 0;
        return new OccupancySequence(name, [.. pictures.Skip(skip).TakeWhile(p => p.Number <= last)], truth, first, last);
    }

    private static List<(int Number, string Path)> List(string folder)
    {
        if (!Directory.Exists(folder))
        {
            throw new MeasureException($"{folder} does not exist: name the folders with --frames DIR and --masks DIR.");
        }

        var files = new List<(int, string)>();
        foreach (string path in Directory.EnumerateFiles(folder))
        {
            string digits = new([.. Path.GetFileNameWithoutExtension(path).Reverse().TakeWhile(char.IsAsciiDigit).Reverse()]);
            if (Extensions.Contains(Path.GetExtension(path).ToLowerInvariant())
                && int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out int number))
            {
                files.Add((number, path));
            }
        }

        files.Sort();
        return files;
    }
}

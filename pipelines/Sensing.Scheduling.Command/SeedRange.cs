using System.Globalization;

namespace Sensing.Scheduling.Command;

/// <summary>Seeds as people write them: <c>7</c>, <c>1000-1029</c>, <c>1,2,10-12</c>.</summary>
internal static class SeedRange
{
    /// <returns>Null if the text is none.</returns>
    public static IReadOnlyList<long>? Parse(string text)
    {
        var seeds = new List<long>();
        foreach (string part in text.Split(',', StringSplitOptions.TrimEntries))
        {
            string[] ends = part.Split('-');
            if (ends.Length is not (1 or 2)
                || !long.TryParse(ends[0], NumberStyles.None, CultureInfo.InvariantCulture, out long first)
                || !long.TryParse(ends[^1], NumberStyles.None, CultureInfo.InvariantCulture, out long last)
                || last < first
                || last - first > 100_000)
            {
                return null;
            }

            for (long seed = first; seed <= last; seed++)
            {
                seeds.Add(seed);
            }
        }

        return seeds;
    }
}

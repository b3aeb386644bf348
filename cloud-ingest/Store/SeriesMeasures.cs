using System.Text;
using System.Text.Json;
using Sensing.CloudIngest.Bridge;
using Sensing.Events;

namespace Sensing.CloudIngest.Store;

/// <summary>The numbers of the payload that the roll-ups of a series sum up beside the count.</summary>
/// <remarks>The first one lies in the row of the roll-up itself, so that types with one measure cost one row an interval; further ones
/// have a row each. Which one is first stays as it was when the series was made, whatever order the catalogue has later.</remarks>
internal sealed class SeriesMeasures
{
    /// <summary>Larger numbers are not summed up, so that no sum can overflow, whoever has written the event and however many there are.</summary>
    internal const double Largest = PayloadText.LargestMagnitude;

    /// <summary>No sum of numbers up to <see cref="Largest"/> comes near it; what is above, an earlier version has written.</summary>
    internal const double LargestSum = 1e150;

    private static readonly SeriesMeasures None = new([], []);

    private readonly byte[][] _names;

    private SeriesMeasures(string[] all, int[] shown)
    {
        All = all;
        Shown = shown;
        _names = [.. all.Select(Encoding.UTF8.GetBytes)];
    }

    /// <summary>Properties of the payload, that of the roll-up's own row first.</summary>
    public IReadOnlyList<string> All { get; }

    /// <summary>Places in <see cref="All"/> of those that the catalogue lists today, in its order.</summary>
    public IReadOnlyList<int> Shown { get; }

    /// <param name="first">The measure in the roll-up's own row; null where there is none.</param>
    /// <param name="type">The type of the series; null where this program does not know it.</param>
    public static SeriesMeasures Of(string? first, IEventType? type)
    {
        if (first is null)
        {
            return None;
        }

        string[] today = type is null ? [first] : [.. type.Measures.Select(measure => measure.Property)];
        string[] all = [first, .. today.Where(name => name != first)];
        return new SeriesMeasures(all, [.. today.Select(name => Array.IndexOf(all, name))]);
    }

    /// <summary>Where <paramref name="name"/> is in <see cref="All"/>; -1 where it is not.</summary>
    public int PlaceOf(string name)
    {
        int place = All.Count - 1;
        while (place >= 0 && All[place] != name)
        {
            place--;
        }

        return place;
    }

    /// <summary>Of the measures of an interval, in the order of <see cref="All"/>, those that are shown and that its events carry.</summary>
    public IReadOnlyList<RollupMeasure> Choose(RollupMeasure?[] measures) =>
        measures.Length == 0 ? [] : [.. Shown.Select(place => measures[place]).OfType<RollupMeasure>().Where(measure => measure.IsFinite)];

    /// <summary>Reads the numbers in <paramref name="data"/>.</summary>
    /// <param name="data">The payload, a JSON object.</param>
    /// <param name="values">Gets one value for each of <see cref="All"/>; not a number where it is absent.</param>
    public void Read(ReadOnlySpan<byte> data, Span<double> values)
    {
        values.Fill(double.NaN);
        int missing = _names.Length;
        var reader = new Utf8JsonReader(data);
        while (missing > 0 && reader.Read())
        {
            if (reader.CurrentDepth != 1 || reader.TokenType != JsonTokenType.PropertyName)
            {
                continue;
            }

            int found = _names.Length - 1;
            while (found >= 0 && !reader.ValueTextEquals(_names[found]))
            {
                found--;
            }

            reader.Read();
            if (found < 0)
            {
                reader.Skip();
                continue;
            }

            missing--;
            if (reader.TokenType == JsonTokenType.Number && reader.TryGetDouble(out double value) && Math.Abs(value) <= Largest)
            {
                values[found] = value;
            }
            else
            {
                reader.Skip();
            }
        }
    }
}

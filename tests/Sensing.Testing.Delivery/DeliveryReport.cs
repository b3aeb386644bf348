using Sensing.Events;

namespace Sensing.Testing.Delivery;

/// <summary>What became of the events that were produced.</summary>
/// <param name="Expected">Different events that were produced.</param>
/// <param name="Stored">Rows that the store holds.</param>
/// <param name="Missing">Produced, and not in the store.</param>
/// <param name="Duplicated">Rows beyond the first of an id, and what the store's own sums count beyond its rows.</param>
/// <param name="OutOfOrder">Events behind one of their stream that was made later.</param>
/// <param name="Foreign">Rows that nobody produced, or whose content is not what was produced.</param>
/// <param name="DeadLetters">Messages that were refused and kept as they came.</param>
public sealed record DeliveryReport(int Expected, int Stored, int Missing, int Duplicated, int OutOfOrder, int Foreign, int DeadLetters)
{
    /// <summary>Counts.</summary>
    /// <param name="produced">Every event once, in the order of production within its stream.</param>
    /// <param name="stored">The store's rows, in the order to check.</param>
    /// <param name="summed">Events that the store's own sums count.</param>
    /// <param name="deadLetters">Dead letters in the store.</param>
    public static DeliveryReport Of(IEnumerable<SensorEvent> produced, IEnumerable<SensorEvent> stored, long summed, int deadLetters)
    {
        var places = new Dictionary<string, (int Number, SensorEvent Event)>(StringComparer.Ordinal);
        foreach (SensorEvent item in produced)
        {
            places.Add(item.Id, (places.Count, item));
        }

        var seen = new HashSet<string>(StringComparer.Ordinal);
        var latest = new Dictionary<StreamAddress, int>();
        int rows = 0, duplicated = 0, unordered = 0, foreign = 0;
        foreach (SensorEvent item in stored)
        {
            rows++;
            if (!places.TryGetValue(item.Id, out (int Number, SensorEvent Event) place) || !place.Event.Equals(item))
            {
                foreign++;
                continue;
            }

            if (!seen.Add(item.Id))
            {
                duplicated++;
                continue;
            }

            int before = latest.GetValueOrDefault(item.Source, -1);
            unordered += place.Number < before ? 1 : 0;
            latest[item.Source] = Math.Max(before, place.Number);
        }

        return new DeliveryReport(
            places.Count, rows, places.Count - seen.Count, duplicated + (int)Math.Max(0, summed - rows), unordered, foreign, deadLetters);
    }

    /// <summary>Everything there once, in order, and nothing else.</summary>
    public bool IsWhole => (Missing, Duplicated, OutOfOrder, Foreign) == (0, 0, 0, 0) && Stored == Expected;

    public override string ToString() =>
        $"expected {Expected}, stored {Stored}, missing {Missing}, duplicated {Duplicated}, out of order {OutOfOrder}, foreign {Foreign}, dead letters {DeadLetters}";
}

using Sensing.Events;

namespace Sensing.CloudIngest.Store.Postgres;

/// <summary>Which partition an event belongs to: by tier (its priority and how long its type is kept), then by its time.</summary>
/// <remarks>Within a tier everything goes at about the same time, so a partition goes as a whole. Partitions are as long as events may be
/// kept beyond their time, about a 24th of it. Events whose time is far from their arrival (recordings of last year, a clock that is in
/// 2099) are a tier of their own, the far side, in partitions of a decade, with one for all times before and four for all after.</remarks>
internal sealed class PartitionTable
{
    private const long NoVersion = -1;
    private const int Priorities = 3;

    /// <summary>Within a tier, a partition is made as long as its events' distance from their arrival over this.</summary>
    private const long MaxAhead = 60;

    /// <summary>Partitions before and after the arrival that events get by their time; farther ones go to the far side of their tier. There
    /// are a few partitions whatever times come, so that a clock at random, or somebody who makes times up, does not slow down every query.</summary>
    private const long MaxNear = 12;

    /// <summary>10 minutes, an hour, a day, a week, a decade (522 weeks), each a whole number of the ones before it: intervals that begin at
    /// multiples of their length either lie within each other or apart.</summary>
    private static readonly long[] Lengths =
        [10 * TimeSpan.TicksPerMinute, TimeSpan.TicksPerHour, TimeSpan.TicksPerDay, 7 * TimeSpan.TicksPerDay, 522 * 7 * TimeSpan.TicksPerDay];

    /// <summary>The decades of the far side: 1960 to 2080, rounded to whole ones.</summary>
    private static readonly long FirstDecade = Floor(new DateTime(1960, 1, 1, 0, 0, 0, DateTimeKind.Utc).Ticks, Lengths[^1]);

    private static readonly long LastDecade = Floor(new DateTime(2080, 1, 1, 0, 0, 0, DateTimeKind.Utc).Ticks, Lengths[^1]);

    private readonly Dictionary<int, SortedList<long, long>> _tiers = [];

    /// <summary>The version of head.partition_version that this is of.</summary>
    public long Version { get; set; } = NoVersion;

    public static int TierOf(EventPriority priority, TimeSpan? keep) =>
        (int)priority + (Priorities * (int)Math.Min(keep?.TotalMinutes ?? 0, 500_000_000));

    /// <summary>The tier of an event: its far side, a negative number, where the time is far from the arrival.</summary>
    public static int TierOf(EventPriority priority, TimeSpan? keep, long time, long arrival)
    {
        int tier = TierOf(priority, keep);
        return Math.Abs(time - arrival) / MaxNear <= Lengths[Smallest(tier)] ? tier : ~tier;
    }

    public static EventPriority PriorityOf(int tier) => (EventPriority)(Near(tier) % Priorities);

    /// <summary>How much longer than <paramref name="keep"/> an event may stay so that its partition goes as a whole: the length of one.</summary>
    public static TimeSpan Slack(TimeSpan keep) => TimeSpan.FromTicks(Lengths[Smallest(keep.Ticks)]);

    public static string Name(int tier) => FormattableString.Invariant($"events_{(tier < 0 ? "far_" : "")}{Near(tier)}");

    public static string Name(int tier, long begin) => FormattableString.Invariant($"{Name(tier)}_{begin / TimeSpan.TicksPerMinute}");

    public void Load(long version, IEnumerable<(int Tier, long Begin, long End)> partitions)
    {
        _tiers.Clear();
        foreach ((int tier, long begin, long end) in partitions)
        {
            Add(tier, begin, end);
        }

        Version = version;
    }

    /// <summary>The next look finds another version and loads anew.</summary>
    public void Forget() => Load(NoVersion, []);

    public bool HasTier(int tier) => _tiers.ContainsKey(tier);

    public void Add(int tier, long begin, long end)
    {
        if (!_tiers.TryGetValue(tier, out SortedList<long, long>? partitions))
        {
            _tiers.Add(tier, partitions = []);
        }

        partitions.Add(begin, end);
    }

    /// <returns>Begin of the partition that holds <paramref name="time"/>; null where there is none yet.</returns>
    public long? Find(int tier, long time)
    {
        if (!_tiers.TryGetValue(tier, out SortedList<long, long>? partitions))
        {
            return null;
        }

        int before = LastAtOrBefore(partitions.Keys, time);
        return before >= 0 && time < partitions.Values[before] ? partitions.Keys[before] : null;
    }

    /// <summary>The interval of a partition to make for an event: it overlaps none that is there.</summary>
    public (long Begin, long End) Propose(int tier, long time, long arrival)
    {
        if (tier < 0)
        {
            long decade = Floor(time, Lengths[^1]);
            long era = Floor(time, LastDecade);
            return time < FirstDecade ? (0, FirstDecade) : time >= LastDecade ? (era, era + LastDecade) : (decade, decade + Lengths[^1]);
        }

        int length = Smallest(tier);
        while (length < Lengths.Length - 1 && Math.Abs(time - arrival) / MaxAhead > Lengths[length])
        {
            length++;
        }

        while (true)
        {
            long begin = Floor(time, Lengths[length]);
            long end = begin + Lengths[length];
            // The smallest length that there is fits always, since no partition holds this time.
            if (length == 0 || IsFree(tier, begin, end))
            {
                return (begin, end);
            }

            length--;
        }
    }

    private static int Near(int tier) => tier < 0 ? ~tier : tier;

    private static long Floor(long time, long length) => time - (time % length);

    private static int Smallest(int tier)
    {
        long keep = (long)(tier / Priorities) * TimeSpan.TicksPerMinute;
        return keep == 0 ? Lengths.Length - 2 : Smallest(keep);
    }

    private static int Smallest(long keep)
    {
        int length = Lengths.Length - 2;
        while (length > 0 && Lengths[length] > keep / 24)
        {
            length--;
        }

        return length;
    }

    private bool IsFree(int tier, long begin, long end)
    {
        if (!_tiers.TryGetValue(tier, out SortedList<long, long>? partitions))
        {
            return true;
        }

        int before = LastAtOrBefore(partitions.Keys, end - 1);
        return before < 0 || partitions.Values[before] <= begin;
    }

    private static int LastAtOrBefore(IList<long> begins, long time)
    {
        int low = 0;
        int high = begins.Count;
        while (low < high)
        {
            int middle = (low + high) / 2;
            if (begins[middle] <= time)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return low - 1;
    }
}

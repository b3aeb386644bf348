namespace Sensing.CloudIngest.Store.Postgres;

/// <summary>How events lie in the database: tier by tier (<see cref="PartitionTable"/>), each in partitions by time. The relation
/// <c>events</c> shows all of them whatever the layout, so whoever reads need not know it.</summary>
/// <remarks>A layout only makes SQL. The table <c>partitions</c> tells in each which partitions there are.</remarks>
internal interface IEventLayout
{
    /// <summary>What it is, for the log.</summary>
    string Name { get; }

    /// <summary>A query for the partitions that there are, the oldest arrivals first: the fields of <see cref="EventPartition"/>.</summary>
    string Partitions { get; }

    /// <summary>A query for the bytes of all tables with their indexes and what is stored out of line.</summary>
    string Bytes { get; }

    /// <summary>Makes what a tier's partitions hang on, where it is not there yet.</summary>
    string MakeTier(int tier);

    /// <summary>Makes a partition and notes it in <c>partitions</c>; its result is the begin and end that it got.</summary>
    /// <param name="tier">Its tier.</param>
    /// <param name="begin">Its first time.</param>
    /// <param name="end">The time after its last.</param>
    /// <param name="time">A time in it.</param>
    string MakePartition(int tier, long begin, long end, long time);

    /// <summary>Drops a partition with all that is in it.</summary>
    string Drop(EventPartition partition);

    /// <summary>Where staged events go: relations, each with the condition that chooses its rows.</summary>
    /// <param name="tiers">The tiers of the staged events.</param>
    IEnumerable<(string Into, string Rows)> Targets(IEnumerable<int> tiers);
}

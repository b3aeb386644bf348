using Sensing.Configuration;

namespace Sensing.CloudIngest.Configuration;

/// <summary>Bounds of memory, request and page sizes.</summary>
public sealed record LimitOptions
{
    [Option("Largest MQTT packet, bytes. A publisher that sends a larger one is disconnected; the limit is announced when it connects.", Min = 1024, Max = 256 * 1024 * 1024)]
    public int MaxPacketBytes { get; init; } = 1024 * 1024;

    [Option("Maximum messages that wait for the store. At the limit the sockets are no longer read: publishers slow down, memory does not grow.", Min = 1, Max = 1_000_000)]
    public int MaxInFlight { get; init; } = 20_000;

    [Option("Maximum bytes of messages that wait for the store, as maxInFlight.", Min = 1024 * 1024)]
    public long MaxInFlightBytes { get; init; } = 64 * 1024 * 1024;

    [Option("Maximum messages in one commit of the store.", Min = 1, Max = 100_000)]
    public int MaxBatch { get; init; } = 2000;

    [Option("Messages wait and none of them becomes durable for this long, although neither log nor store reports a reason: /health/live fails, so that a supervisor restarts the process, s.", Min = 1, Max = 86_400)]
    public int StallSeconds { get; init; } = 60;

    [Option("Maximum events in one page of the query API.", Min = 1, Max = 100_000)]
    public int MaxPage { get; init; } = 5000;

    [Option("Longest range between from and to of a query, days.", Min = 1)]
    public int MaxRangeDays { get; init; } = 400;

    [Option("Maximum roll-up items in one response; a query with more is refused with advice.", Min = 1, Max = 10_000_000)]
    public int MaxRollupItems { get; init; } = 50_000;

    [Option("Maximum concurrent live readers (server-sent events).", Min = 1, Max = 100_000)]
    public int MaxLiveReaders { get; init; } = 200;

    [Option("A live reader that takes nothing of what is sent for this long is disconnected; it comes back with its cursor, s.", Min = 1, Max = 3600)]
    public int LiveStallSeconds { get; init; } = 30;

    [Option("Longest life of a live connection, s. Then it is ended, and the reader comes back with its cursor: so one that never reads cannot hold its place for good.", Min = 1, Max = 86_400)]
    public int MaxLiveSeconds { get; init; } = 600;

    [Option("Interval between comment lines that keep an idle live connection open, s.", Above = 0, Max = 600)]
    public double HeartbeatSeconds { get; init; } = 15;

    [Option("Maximum concurrent read connections to the store; further queries wait.", Min = 1, Max = 64)]
    public int StoreReaders { get; init; } = 4;
}

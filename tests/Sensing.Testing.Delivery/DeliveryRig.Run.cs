using Sensing.CloudIngest;
using Sensing.CloudIngest.Configuration;
using Sensing.CloudIngest.Store;
using Sensing.Events;

namespace Sensing.Testing.Delivery;

/// <content>Runs events through it and counts.</content>
public sealed partial class DeliveryRig
{
    /// <summary>The stream in which an edge node speaks of itself.</summary>
    private const string OwnStream = "node";

    /// <summary>Events of all producers together.</summary>
    public int Events => _nodes.Sum(node => node.Length);

    /// <summary>Rows in the store as seen so far.</summary>
    public long Stored => _follower!.Count;

    /// <summary>Messages that this rig's faults have published and that are no events.</summary>
    public int Garbage { get; set; }

    /// <summary>What the fault counts of its own, by lower_case names.</summary>
    public Dictionary<string, int> Counts { get; } = [];

    /// <summary>Runs <paramref name="fault"/> against <paramref name="events"/> events, and counts when all is stored or nothing comes any more.</summary>
    /// <param name="fault">What is broken.</param>
    /// <param name="events">Events of all producers together.</param>
    /// <param name="cancellation">Of the run.</param>
    /// <param name="shared">A Kafka for faults that need none of their own; it is left running. Absent: one is started.</param>
    /// <exception cref="ProgramException">A process ended by itself, or nothing came for two minutes.</exception>
    public static async Task<DeliveryOutcome> RunAsync(
        IDeliveryFault fault, int events, CancellationToken cancellation, KafkaBroker? shared = null)
    {
        await using DeliveryRig rig = await StartAsync(fault.Setup, events, cancellation, shared);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        Task publishing = rig._edge is { } edge ? edge.Finished : fault.Setup.PublishesInOrder ? rig.PublishAsync(end.Token) : Task.CompletedTask;
        try
        {
            Task injecting = fault.InjectAsync(rig, end.Token);
            if (await Task.WhenAny(injecting, publishing) == publishing)
            {
                // A producer that fails must not leave the fault waiting for it.
                await publishing;
            }

            await injecting;
            rig.Gate.Open(1);
            await rig.WhileItGoesOnAsync(publishing, end.Token);
        }
        catch (Exception error)
        {
            await end.CancelAsync();
            await (rig._edge is null ? publishing : Task.CompletedTask).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (error is TimeoutException)
            {
                throw new ProgramException($"{fault.Name}: nothing came for {Stall.TotalSeconds} s; {rig.Stored} of {events} are stored.\n{rig.Said}");
            }

            throw;
        }

        await rig._follower!.WaitAsync(events, Stall, cancellation);
        return new DeliveryOutcome(await rig.CountAsync(cancellation), rig.KafkaKind, rig.Garbage, rig.Counts);
    }

    /// <summary>Completes once the first producer has <paramref name="count"/> acknowledgements more.</summary>
    /// <exception cref="TimeoutException">Nothing came for two minutes.</exception>
    public Task AcknowledgedAsync(int count, CancellationToken cancellation) => WhileItGoesOnAsync(_publishers[0].WaitAsync(count, cancellation), cancellation);

    /// <summary>Completes once <paramref name="count"/> rows are stored.</summary>
    /// <exception cref="ProgramException">Nothing came for two minutes.</exception>
    public async Task StoredAsync(long count, CancellationToken cancellation)
    {
        if (!await _follower!.WaitAsync(count, Stall, cancellation))
        {
            throw new ProgramException($"{Stored} of {count} are stored, and nothing came for {Stall.TotalSeconds} s.\n{Said}");
        }
    }

    /// <summary>Waits for <paramref name="work"/> as long as something is acknowledged, read or stored every two minutes.</summary>
    private async Task WhileItGoesOnAsync(Task work, CancellationToken cancellation)
    {
        while (!work.IsCompleted)
        {
            (long, long, long) before = Progress();
            if (await Task.WhenAny(work, Task.Delay(Stall, TimeProvider.System, cancellation)) != work)
            {
                cancellation.ThrowIfCancellationRequested();
                if (Progress() == before)
                {
                    throw new TimeoutException();
                }
            }
        }

        await work;

        (long, long, long) Progress() => (Stored, _publishers.Sum(publisher => publisher.Acknowledged), _edge?.Read ?? 0);
    }

    /// <summary>What the processes have printed.</summary>
    private string Said => $"edge:\n{_edge?.Output}\nbridge:\n{Bridge.Output}\nsink:\n{Sink.Output}";

    /// <summary>Publishes everything, in order within each stream, as the gate allows it.</summary>
    private Task PublishAsync(CancellationToken cancellation)
    {
        foreach (SensorEvent[] node in _nodes)
        {
            _publishers.Add(new SteadyPublisher(node, _port, node[0].Source.Node, (number, ended) => Gate.WaitAsync(number, node.Length, ended)));
        }

        return Task.WhenAll(_publishers.Select(publisher => Task.Run(() => publisher.RunAsync(BrokerUp, cancellation), cancellation)));
    }

    /// <summary>Ends the processes and reads the store itself.</summary>
    private async Task<DeliveryReport> CountAsync(CancellationToken cancellation)
    {
        await DeadLettersAsync(cancellation);
        await Bridge.StopAsync(cancellation);
        await Sink.StopAsync(cancellation);
        await using IEventStore store = EventStores.Create(_store, CloudCatalogue.Create(), new LimitOptions(), TimeProvider.System);
        await store.OpenAsync(cancellation);
        // What a node says of itself (that its disk was full) nobody has counted.
        List<SensorEvent> stored = [.. (await ReadAsync(store, cancellation)).Where(item => item.Source.Stream != OwnStream)];
        long summed = (await store.ReadSeriesAsync(cancellation)).Where(series => series.Source.Stream != OwnStream).Sum(series => series.Count);
        return DeliveryReport.Of(_nodes.SelectMany(node => node), stored, summed, await CountDeadLettersAsync(cancellation));
    }

    private async Task<List<SensorEvent>> ReadAsync(IEventStore store, CancellationToken cancellation)
    {
        var stored = new List<SensorEvent>();
        if (Setup.Order == DeliveryOrder.Stored)
        {
            LivePage page;
            long position = 0;
            do
            {
                page = await store.ReadAfterAsync(position, SeriesFilter.All, 10_000, cancellation);
                stored.AddRange(page.Items.Select(item => item.Event));
                position = page.Position;
            }
            while (page.More);
            return stored;
        }

        for (EventCursor? after = null; ;)
        {
            EventPage page = await store.ReadEventsAsync(new EventQuery(SeriesFilter.All, null, null, false, after, 10_000), cancellation);
            stored.AddRange(page.Items.Select(item => item.Event));
            after = page.Next;
            if (after is null)
            {
                return stored;
            }
        }
    }
}

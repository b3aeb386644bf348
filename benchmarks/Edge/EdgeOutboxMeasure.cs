using System.Diagnostics;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging.Abstractions;
using Sensing.Das.Events;
using Sensing.EdgeNode.Configuration;
using Sensing.EdgeNode.Outbox;
using Sensing.Events;

namespace Sensing.Benchmarks.Edge;

/// <summary>How many events a second the edge node's outbox commits and gives back, every commit synced to the disk.</summary>
public sealed class EdgeOutboxMeasure : IMeasure
{
    public string Name => "edge-outbox";

    public string Summary => "Committed events a second of the edge node's outbox (SQLite, synchronous=FULL), and taken and acknowledged ones.";

    public string Inputs => "--events 200000, --batch 100 (events of an append), --bytes 300 (payload)";

    public string Duration => "10 s";

    public async Task<JsonObject> RunAsync(MeasureOptions options, TextWriter output, CancellationToken cancellation)
    {
        int count = options.Whole("events", 200_000);
        int batch = options.Whole("batch", 100);
        int bytes = options.Whole("bytes", 300);
        options.NothingElse();
        if (count < 1 || batch < 1 || bytes < 2)
        {
            throw new MeasureException("--events and --batch must be 1 or more, --bytes 2 or more.");
        }

        string folder = Directory.CreateTempSubdirectory("sensing-outbox-").FullName;
        try
        {
            var settings = new OutboxOptions { MaxMegabytes = 100_000 };
            await using EventOutbox outbox = EventOutbox.Open(Path.Combine(folder, "outbox.db"), settings, TimeProvider.System, NullLogger.Instance);
            SensorEvent[][] batches = [.. Events(count, bytes).Chunk(batch)];
            var watch = Stopwatch.StartNew();
            var commits = new Queue<Task>();
            foreach (SensorEvent[] events in batches)
            {
                commits.Enqueue(await outbox.QueueAsync(events, null, cancellation));
                while (commits.Count > 64)
                {
                    await commits.Dequeue();
                }
            }

            await Task.WhenAll(commits);
            double append = count / watch.Elapsed.TotalSeconds;
            watch.Restart();
            long taken = 0;
            Task removal = Task.CompletedTask;
            while (outbox.Take(1000) is { Count: > 0 } entries)
            {
                taken += entries.Count;
                await removal;
                removal = outbox.AcknowledgeAsync(entries, cancellation);
            }

            await removal;
            double drain = taken / watch.Elapsed.TotalSeconds;
            output.WriteLine($"{"",-22}{"events/s",10}");
            output.WriteLine($"{"append and commit",-22}{append,10:F0}");
            output.WriteLine($"{"take and acknowledge",-22}{drain,10:F0}");
            return new JsonObject
            {
                ["events"] = count,
                ["batch"] = batch,
                ["payload_bytes"] = bytes,
                ["append_per_s"] = Math.Round(append),
                ["drain_per_s"] = Math.Round(drain),
                ["left"] = outbox.Statistics.Events,
            };
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static IEnumerable<SensorEvent> Events(int count, int bytes)
    {
        var address = new StreamAddress("bench", "node", "stream");
        DateTimeOffset start = new(2026, 1, 2, 0, 0, 0, TimeSpan.Zero);
        byte[] data = Encoding.UTF8.GetBytes($"\"{new string('x', bytes - 2)}\"");
        string type = DasEvents.Vehicle.Name.ToString();
        for (int i = 0; i < count; i++)
        {
            DateTimeOffset time = start.AddMilliseconds(i);
            yield return new SensorEvent(EventId.Create(address.Source, type, time, ""), address, type, time, EventPriority.Fact, data);
        }
    }
}

using System.Reactive.Linq;
using System.Reactive.Subjects;
using Sensing.Events;
using Sensing.Marine;
using Sensing.Marine.Encounters;
using Sensing.Marine.Events;
using Sensing.Marine.Sources;
using Sensing.Streams;

namespace Sensing.Benchmarks.Marine;

/// <summary>A log played through source and pipeline: what was said of each target, and when.</summary>
internal static class WatchedLog
{
    private static readonly StreamAddress Address = new("site", "node", "bridge");

    /// <summary>All events, as fast as the log is read.</summary>
    public static async Task<List<SensorEvent>> PlayAsync(string path, MarineOptions options, CancellationToken cancellation)
    {
        var context = new StreamContext(Address, TimeProvider.System, Directory.GetCurrentDirectory());
        await using var source = new LogSource(new LogSourceOptions { Files = [Path.GetFullPath(path)] }, context);
        return await PlayAsync(source, options, cancellation);
    }

    /// <summary>All events of any source.</summary>
    public static async Task<List<SensorEvent>> PlayAsync(ISource<NmeaLine> source, MarineOptions options, CancellationToken cancellation)
    {
        var pipeline = new MarinePipeline(options, Address);
        using var lines = new Subject<NmeaLine>();
        var events = new List<SensorEvent>();
        using IDisposable connection = pipeline.Connect(lines).Subscribe(events.Add);
        await foreach (SourceItem<NmeaLine> item in source.ReadAsync(null, cancellation))
        {
            if (item.Sample is { } line)
            {
                lines.OnNext(line);
            }
        }

        lines.OnCompleted();
        return events;
    }

    /// <summary>Each target's changes of class.</summary>
    public static SortedDictionary<string, List<(DateTimeOffset Time, EncounterClass Class)>> Changes(IEnumerable<SensorEvent> events)
    {
        var changes = new SortedDictionary<string, List<(DateTimeOffset Time, EncounterClass Class)>>(StringComparer.Ordinal);
        foreach (SensorEvent item in events.Where(item => item.Type == MarineEvents.Encounter.Name))
        {
            Encounter encounter = MarineEvents.Encounter.Read(item);
            if (!changes.TryGetValue(encounter.Target, out List<(DateTimeOffset Time, EncounterClass Class)>? list))
            {
                changes[encounter.Target] = list = [];
            }

            if (encounter.Class != (list.Count > 0 ? list[^1].Class : EncounterClass.None))
            {
                list.Add((item.Time, encounter.Class));
            }
        }

        return changes;
    }
}

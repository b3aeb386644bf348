using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using Sensing.EdgeNode.Configuration;
using Sensing.EdgeNode.Outbox;
using Sensing.Events;
using Sensing.Streams;

namespace Sensing.EdgeNode.Tests.Outbox.Damage;

/// <summary>A real outbox whose contents are known, as files that can be damaged.</summary>
public sealed class OutboxSpecimen
{
    public const string Stream = "stream";

    private static readonly StreamAddress Address = new("site", "node", Stream);
    private static readonly DateTimeOffset Noon = new(2026, 1, 2, 12, 0, 0, TimeSpan.Zero);

    private readonly Dictionary<string, byte[]> _waiting = new(StringComparer.Ordinal);
    private readonly Dictionary<string, byte[]> _gone = new(StringComparer.Ordinal);
    private readonly Dictionary<string, byte[]> _dead = new(StringComparer.Ordinal);

    private OutboxSpecimen(string folder) => Folder = folder;

    /// <summary>Where its files are.</summary>
    public string Folder { get; }

    /// <summary>Unsent events: payload by id.</summary>
    public IReadOnlyDictionary<string, byte[]> Waiting => _waiting;

    /// <summary>Events that were acknowledged.</summary>
    public IReadOnlyDictionary<string, byte[]> Gone => _gone;

    /// <summary>Dead letters.</summary>
    public IReadOnlyDictionary<string, byte[]> Dead => _dead;

    public StreamCheckpoint Checkpoint { get; private set; } = null!;

    /// <param name="folder">An empty folder.</param>
    /// <param name="events">About so many unsent events.</param>
    /// <param name="state">How the node has left it.</param>
    /// <param name="random">Sizes and texts.</param>
    public static async Task<OutboxSpecimen> MakeAsync(string folder, int events, SpecimenState state, Random random)
    {
        string work = Directory.CreateDirectory(Path.Combine(folder, "work")).FullName,
            files = Directory.CreateDirectory(Path.Combine(folder, "files")).FullName;
        var specimen = new OutboxSpecimen(files);
        string path = Path.Combine(work, "outbox.db");
        EventOutbox outbox = Open(path);
        await specimen.FillAsync(outbox, 0, events / 2, random);
        if (state == SpecimenState.KilledAfterRestart)
        {
            await outbox.DisposeAsync();
            outbox = Open(path);
        }

        await specimen.FillAsync(outbox, events / 2, events - (events / 2), random);
        if (state == SpecimenState.Closed)
        {
            await outbox.DisposeAsync();
        }

        foreach (string file in Directory.GetFiles(work, "outbox.db*").Where(file =>
            !file.EndsWith("-shm", StringComparison.Ordinal)))
        {
            File.Copy(file, Path.Combine(files, Path.GetFileName(file)));
        }

        await outbox.DisposeAsync();
        Directory.Delete(work, recursive: true);
        return specimen;
    }

    /// <summary>Opens an outbox, each commit by itself.</summary>
    public static EventOutbox Open(string path) =>
        EventOutbox.Open(path, new OutboxOptions { CommitEveryMs = 0 }, TimeProvider.System, NullLogger.Instance);

    /// <summary>An event with a text of its own.</summary>
    public static SensorEvent Event(string id, int length, Random random)
    {
        var data = new StringBuilder("{\"text\":\"");
        for (int i = 0; i < length; i++)
        {
            data.Append((char)('a' + random.Next(26)));
        }

        return new SensorEvent(id, Address, "sensing.node.notice.v1", Noon.AddSeconds(random.Next(100_000)),
            EventPriority.Fact,
            Encoding.UTF8.GetBytes(data.Append("\"}").ToString()));
    }

    private async Task FillAsync(EventOutbox outbox, int from, int count, Random random)
    {
        SensorEvent[] made = [.. Enumerable.Range(from, count * 11 / 10).Select(number =>
            Event($"{from}-{number}-{random.NextInt64():x}", Length(random), random))];
        foreach (SensorEvent[] part in made.Chunk(20))
        {
            Checkpoint = new StreamCheckpoint(Stream, "fingerprint", new SourcePosition($"{from + part.Length}"),
                Bytes(random, 5000), Finished: false);
            await outbox.AppendAsync(part, Checkpoint);
        }

        // A twentieth is acknowledged, a twentieth refused.
        OutboxEntry[] taken = [.. outbox.Take(int.MaxValue)];
        OutboxEntry[] gone = [.. taken.Where((_, i) => i % 22 == 3 && !IsOld(taken[i]))],
            dead = [.. taken.Where((_, i) => i % 22 == 14 && !IsOld(taken[i]))];
        await outbox.AcknowledgeAsync(gone);
        foreach (OutboxEntry entry in dead)
        {
            await outbox.DeadLetterAsync(entry, "not authorised");
            _dead[entry.Event.Id] = entry.Event.Data.ToArray();
        }

        Array.ForEach(gone, entry => _gone[entry.Event.Id] = entry.Event.Data.ToArray());
        foreach (OutboxEntry entry in taken.Except(gone).Except(dead))
        {
            _waiting[entry.Event.Id] = entry.Event.Data.ToArray();
        }
    }

    private bool IsOld(OutboxEntry entry) => _waiting.ContainsKey(entry.Event.Id);

    /// <summary>Mostly as the pipelines write them; some larger than a page.</summary>
    private static int Length(Random random) => random.Next(20) switch
    {
        0 => random.Next(5_000, 20_000),
        < 7 => random.Next(400, 1_500),
        _ => random.Next(50, 400),
    };

    private static byte[] Bytes(Random random, int count)
    {
        byte[] bytes = new byte[count];
        random.NextBytes(bytes);
        return bytes;
    }
}

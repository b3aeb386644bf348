using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Sensing.EdgeNode.Configuration;
using Sensing.EdgeNode.Outbox;
using Sensing.Events;
using Sensing.Testing;

namespace Sensing.EdgeNode.Tests.Outbox;

/// <summary>An outbox in a temporary folder that can be closed in order or left as a SIGKILL leaves it.</summary>
internal sealed class OutboxFixture : IAsyncDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly OutboxOptions _options;
    private int _generation;

    public OutboxFixture(OutboxOptions? options = null, TimeProvider? time = null)
    {
        _options = (options ?? new OutboxOptions()) with { CommitEveryMs = 0 };
        Time = time ?? new FakeTimeProvider(EventMaker.Noon);
        Outbox = Open();
    }

    public TimeProvider Time { get; }

    public EventOutbox Outbox { get; private set; }

    public string File => Path.Combine(_folder[$"{_generation}"], "outbox.db");

    public Task AppendAsync(IReadOnlyList<SensorEvent> events, StreamCheckpoint? checkpoint = null) =>
        Outbox.AppendAsync(events, checkpoint, TestContext.Current.CancellationToken);

    public Task AcknowledgeAsync(IReadOnlyList<OutboxEntry> entries) => Outbox.AcknowledgeAsync(entries, TestContext.Current.CancellationToken);

    public Task DeadLetterAsync(OutboxEntry entry, string reason) => Outbox.DeadLetterAsync(entry, reason, TestContext.Current.CancellationToken);

    public async Task ReopenAsync()
    {
        await Outbox.DisposeAsync();
        Outbox = Open();
    }

    public async Task CloseAsync() => await Outbox.DisposeAsync();

    public EventOutbox Open() => Outbox = EventOutbox.Open(File, _options, Time, NullLogger.Instance);

    /// <summary>Goes on with the files as they are on the disk now, unclosed: what a process that was killed leaves behind.</summary>
    public async Task CrashAsync()
    {
        string before = Path.GetDirectoryName(File)!;
        _generation++;
        string after = Path.GetDirectoryName(File)!;
        Directory.CreateDirectory(after);
        foreach (string file in Directory.GetFiles(before, "outbox.db*"))
        {
            System.IO.File.Copy(file, Path.Combine(after, Path.GetFileName(file)));
        }

        await Outbox.DisposeAsync();
        Outbox = Open();
    }

    public async ValueTask DisposeAsync()
    {
        await Outbox.DisposeAsync();
        _folder.Dispose();
    }
}

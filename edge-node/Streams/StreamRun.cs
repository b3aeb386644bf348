using System.Threading.Channels;
using Sensing.EdgeNode.Configuration;
using Sensing.EdgeNode.Outbox;
using Sensing.Effects;
using Sensing.Events;
using Sensing.Events.Node;
using Sensing.Streams;

namespace Sensing.EdgeNode.Streams;

/// <summary>Source → bounded channel → pipeline → outbox, each side on its own task.</summary>
/// <remarks>
/// Delivery guarantees: events are queued for the outbox in the order of their blocks, and a checkpoint is queued behind all
/// events that it covers, in the transaction of the last of them. So a run that goes on from a checkpoint repeats at most
/// what came after it, with the same ids, and leaves nothing out.
/// </remarks>
internal sealed partial class StreamRun<TSample>(StreamSetting setting, StreamParts<TSample> stream) : IStreamRun
    where TSample : class, ITimed
{
    /// <summary>What checkpoints may write, bytes/s: a state may be tens of megabytes, which every few seconds would wear out
    /// a flash disk and keep it from taking events.</summary>
    private const double CheckpointBytesPerSecond = 1_000_000;

    /// <summary>Appends that may be on their way to the disk.</summary>
    private const int MostUncommitted = 128;

    private readonly Queue<(Task Commit, int Events, DateTimeOffset? Last)> _uncommitted = new();
    private readonly List<SensorEvent> _events = [];
    private PipelineRun<TSample>? _pipeline;
    private SourcePosition? _position;
    private bool _wasFinished;
    private long _checkpointed;

    /// <summary>The pipeline's state as last saved; written again only once it is on the disk.</summary>
    private readonly MemoryStream _state = new();
    private Task _checkpointing = Task.CompletedTask;

    public async Task<bool> RunAsync(CancellationToken stop, CancellationToken abort)
    {
        await using ISource<TSample> source = stream.OpenSource();
        await ResumeAsync(source.Behaviour);
        await using PipelineRun<TSample> pipeline = _pipeline!;
        Channel<SourceItem<TSample>> channel = Channel.CreateBounded<SourceItem<TSample>>(setting.Options.QueueBlocks);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(stop, abort);
        Task reading = Task.Run(() => ReadAsync(source, channel, ending.Token), CancellationToken.None);
        bool finished = false;
        try
        {
            finished = await ProcessAsync(channel.Reader, source.Behaviour, stop, abort);
        }
        finally
        {
            await ending.CancelAsync();

            // A source that does not let go is the watchdog's business; it leaves this task behind.
            await reading.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            while (channel.Reader.TryRead(out SourceItem<TSample>? rest))
            {
                (rest.Sample as IDisposable)?.Dispose();
            }
        }

        return finished;
    }

    public void Dispose() => _state.Dispose();

    /// <summary>Takes position and state from the last checkpoint, where they fit.</summary>
    private async Task ResumeAsync(SourceBehaviour behaviour)
    {
        _checkpointed = setting.Time.GetTimestamp();
        EffectExecutor effects = Create(behaviour);
        bool resumes = false;
        if (setting.Outbox.LoadCheckpoint(setting.Options.Name) is { } checkpoint)
        {
            string? misfit = checkpoint.Fingerprint != setting.Fingerprint ? "the options or the program have changed" : null;
            if (misfit is null)
            {
                try
                {
                    using var state = new BinaryReader(new MemoryStream(checkpoint.State.ToArray()));
                    _pipeline!.Load(state);
                    _position = checkpoint.Position;
                    _wasFinished = checkpoint.Finished;
                    resumes = true;
                }
                catch (Exception error) when (error is InvalidDataException or EndOfStreamException)
                {
                    misfit = error.Message;
                }
            }

            if (misfit is not null)
            {
                StreamLog.Afresh(setting.Logger, setting.Options.Name, misfit);
                await _pipeline!.DisposeAsync();
                effects = Create(behaviour);
                _events.Add(StreamEvents.OfNode(setting.Context.Address, setting.Time.GetUtcNow(), "afresh", NoticeSeverity.Info,
                    $"The stream starts without its saved state: {misfit}."));
            }
        }

        Record(effects, resumes);
    }

    private EffectExecutor Create(SourceBehaviour behaviour)
    {
        EffectOptions options = setting.Options.Effects;
        var effects = new EffectExecutor(
            stream.CreateHandlers(), options.Limits, refuses: behaviour == SourceBehaviour.Live, setting.Time);
        _pipeline = new PipelineRun<TSample>(stream.CreatePipeline, effects, _events.Add);
        return effects;
    }

    /// <summary>Records completions where the options ask for it. A recording that cannot be kept does not stop the stream.</summary>
    private void Record(EffectExecutor effects, bool resumes)
    {
        if (setting.Options.Effects.RecordFile is not { } file)
        {
            return;
        }

        string path = Path.GetFullPath(file, setting.Context.BaseDirectory);
        try
        {
            effects.Recorder = EffectRecordingFile.Open(path, setting.Options.Pipeline!.Type, resumes, _pipeline!.Completions, setting.Time);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or EffectRecordingException)
        {
            StreamLog.NotRecorded(setting.Logger, setting.Options.Name, error.Message);
            _events.Add(StreamEvents.OfNode(setting.Context.Address, setting.Time.GetUtcNow(), "effects-not-recorded", NoticeSeverity.Warning,
                $"Completions are not recorded: {error.Message}"));
        }
    }

    private bool IsCheckpointDue()
    {
        double wait = Math.Max(setting.CheckpointEvery.TotalSeconds, _state.Length / CheckpointBytesPerSecond);
        return _checkpointing.IsCompleted && setting.Time.GetElapsedTime(_checkpointed).TotalSeconds >= wait;
    }

    /// <summary>Position and state as they are now. The one before must be on the disk: its memory is used again.</summary>
    private StreamCheckpoint Checkpoint(bool finished)
    {
        // Its length first: growing by doubling would leave as much again behind.
        using (var length = new LengthStream())
        using (var counter = new BinaryWriter(length))
        {
            _pipeline!.Save(counter);
            counter.Flush();
            _state.SetLength(0);
            _state.Capacity = Math.Max(_state.Capacity, (int)length.Length);
        }

        using (var writer = new BinaryWriter(_state, System.Text.Encoding.UTF8, leaveOpen: true))
        {
            _pipeline.Save(writer);
        }

        _checkpointed = setting.Time.GetTimestamp();
        return new StreamCheckpoint(setting.Options.Name, setting.Fingerprint, _position, _state.GetBuffer().AsMemory(0, (int)_state.Length), finished);
    }

    private async Task QueueAsync(StreamCheckpoint? checkpoint, CancellationToken abort)
    {
        if (_events.Count == 0 && checkpoint is null)
        {
            return;
        }

        using (setting.Monitor.HoldBack())
        {
            Task commit = await setting.Outbox.QueueAsync([.. _events], checkpoint, abort);
            setting.Site?.Publish(_events);
            _checkpointing = checkpoint is null ? _checkpointing : commit;
            _uncommitted.Enqueue((commit, _events.Count, _events.Count > 0 ? _events[^1].Time : null));
            _events.Clear();
            await CommittedAsync(_uncommitted.Count - MostUncommitted, abort);
        }
    }

    /// <summary>Counts what is on disk, and waits for at least <paramref name="atLeast"/> appends to be.</summary>
    private async Task CommittedAsync(int atLeast, CancellationToken abort)
    {
        while (_uncommitted.TryPeek(out (Task Commit, int Events, DateTimeOffset? Last) first) && (atLeast > 0 || first.Commit.IsCompleted))
        {
            await first.Commit.WaitAsync(abort);
            _uncommitted.Dequeue();
            atLeast--;
            setting.Monitor.Committed(first.Events, first.Last);
        }
    }
}

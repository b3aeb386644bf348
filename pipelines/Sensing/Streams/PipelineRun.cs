using System.Runtime.ExceptionServices;
using Sensing.Effects;
using Sensing.Events;
using Sensing.Steps;

namespace Sensing.Streams;

/// <summary>Drives one pipeline: samples and completions in, in one order; events out.</summary>
/// <remarks>The one place that decides where a completion enters. Node, replay and conformance suite drive pipelines through it. Not thread-safe.</remarks>
public sealed class PipelineRun<TSample> : IAsyncDisposable
    where TSample : class, ITimed
{
    private const string Mark = "effects-1";

    private readonly IPipeline<TSample> _pipeline;
    private readonly IEffectQueue _effects;
    private readonly Action<SensorEvent> _emit;
    private readonly StreamInput<TSample> _input = new();
    private StreamPosition _position = StreamPosition.Begin;
    private IDisposable? _chain;
    private ExceptionDispatchInfo? _failure;

    /// <param name="create">Makes the pipeline, whose commands go to the executor that it is given.</param>
    /// <param name="effects">Takes the commands; disposed with the run.</param>
    /// <param name="emit">Takes the events.</param>
    public PipelineRun(Func<IEffectExecutor, IPipeline<TSample>> create, IEffectQueue effects, Action<SensorEvent> emit)
    {
        _effects = effects;
        _emit = emit;
        _pipeline = create(effects);
    }

    /// <summary>How far the input has come.</summary>
    public StreamPosition Position => _position;

    /// <summary>Completions that have entered the input since its beginning, across restarts.</summary>
    public long Completions { get; private set; }

    /// <summary>Commands are pending.</summary>
    public bool HasPending => _effects.Pending.Count > 0;

    /// <summary>The next sample may be handed on without a command being refused.</summary>
    public bool HasRoom => _effects.HasRoom;

    /// <summary>Hands on the completions that are there, then a sample. The sample stays the caller's.</summary>
    /// <exception cref="Exception">What the pipeline threw.</exception>
    public void Next(TSample sample)
    {
        Drain();
        _input.Next(sample);
        _failure?.Throw();
        _position = _position.After(sample);
    }

    /// <summary>Nothing has come from a live source for so long, on the caller's clock.</summary>
    /// <exception cref="Exception">What the pipeline threw.</exception>
    public void Silent(TimeSpan silence)
    {
        Drain();
        _input.Silent(silence);
        _failure?.Throw();
    }

    /// <summary>Hands on the completions that are there.</summary>
    /// <exception cref="Exception">What the pipeline threw.</exception>
    public void Drain()
    {
        _chain ??= _pipeline.Connect(_input).Subscribe(_emit, error => _failure ??= ExceptionDispatchInfo.Capture(error));
        _failure?.Throw();
        while (_position != StreamPosition.Begin && _effects.TryTake(_position, out EffectCompletion? completion))
        {
            Completions++;
            _input.Next(completion);
            _failure?.Throw();
        }
    }

    /// <summary>Waits until a completion may be there.</summary>
    /// <returns>False where none will come unless more samples do.</returns>
    public Task<bool> WaitForEffectAsync(CancellationToken cancellation) => _effects.WaitAsync(cancellation);

    /// <summary>The samples have ended: waits for every pending command and hands on its completion.</summary>
    public async Task FinishEffectsAsync(CancellationToken cancellation)
    {
        Drain();
        _effects.EndOfSamples(_position);
        while (HasPending && await _effects.WaitAsync(cancellation).ConfigureAwait(false))
        {
            Drain();
        }
    }

    /// <summary>Ends the input: what was undecided is decided. Call <see cref="FinishEffectsAsync"/> before.</summary>
    public void Complete()
    {
        Drain();
        _input.Complete();
        _failure?.Throw();
    }

    /// <summary>Writes the pipeline's state, and what it waits for.</summary>
    public void Save(BinaryWriter state)
    {
        _pipeline.Save(state);
        if (Completions == 0 && !HasPending)
        {
            return;
        }

        state.Mark(Mark);
        state.WriteTime(_position.Until);
        state.Write(_position.Readings);
        state.Write(Completions);
        state.Write(_effects.Pending.Count);
        foreach (PendingEffect command in _effects.Pending)
        {
            state.Write(command.Effect);
            state.Write(command.Id);
        }
    }

    /// <summary>Reads what <see cref="Save"/> wrote, before the first sample. Commands that were pending are completed as lost, or as recorded.</summary>
    /// <exception cref="InvalidDataException">The state is of another version or shape.</exception>
    public void Load(BinaryReader state)
    {
        _pipeline.Load(state);
        if (state.BaseStream.Position == state.BaseStream.Length)
        {
            return;
        }

        try
        {
            state.Expect(Mark);
            _position = new StreamPosition(state.ReadTime(), state.ReadInt32());
            Completions = state.ReadInt64();
            var pending = new List<PendingEffect>();
            for (int rest = state.ReadInt32(); rest > 0; rest--)
            {
                pending.Add(new PendingEffect(state.ReadString(), state.ReadInt64()));
            }

            _effects.Restore(pending);
        }
        catch (Exception error) when (error is FormatException or ArgumentOutOfRangeException or EndOfStreamException)
        {
            throw new InvalidDataException("The saved state is longer than expected.", error);
        }

        if (state.BaseStream.Position != state.BaseStream.Length)
        {
            throw new InvalidDataException("The saved state is longer than expected.");
        }
    }

    public async ValueTask DisposeAsync()
    {
        _chain?.Dispose();
        _input.Dispose();
        (_pipeline as IDisposable)?.Dispose();
        await _effects.DisposeAsync().ConfigureAwait(false);
    }
}

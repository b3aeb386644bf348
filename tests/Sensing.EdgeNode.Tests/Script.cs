using System.Reactive.Linq;
using System.Runtime.CompilerServices;
using Sensing.Configuration;
using Sensing.EdgeNode.TestNode;
using Sensing.Events;
using Sensing.Streams;

namespace Sensing.EdgeNode.Tests;

/// <summary>Sources and pipelines that do what a test says: <c>script</c> reads, <c>gate</c> and <c>failing</c> process.</summary>
internal sealed class Script
{
    private readonly Lock _lock = new();
    private readonly List<(int Opening, TaskCompletionSource Signal)> _waiting = [];
    private int _openings;

    public SourceBehaviour Behaviour { get; init; } = SourceBehaviour.Recording;

    /// <summary>What the n-th opening yields; n counts from 1.</summary>
    public required Func<int, SourcePosition?, CancellationToken, IAsyncEnumerable<SourceItem<NumberBlock>>> Read { get; init; }

    /// <summary>Runs before each block is processed.</summary>
    public Action<NumberBlock> Before { get; init; } = _ => { };

    /// <summary>Runs while a live source yields nothing.</summary>
    public Action<TimeSpan> Silent { get; init; } = _ => { };

    public int Openings => Volatile.Read(ref _openings);

    public Task OpenedAsync(int times)
    {
        lock (_lock)
        {
            var signal = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            if (_openings >= times)
            {
                signal.SetResult();
            }
            else
            {
                _waiting.Add((times, signal));
            }

            return signal.Task;
        }
    }

    public static SourceItem<NumberBlock> Block(long number) => SourceItem<NumberBlock>.Of(new NumberBlock(number, 1), new SourcePosition($"{number + 1}"));

    public static Task ForeverAsync(CancellationToken cancellation) => Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellation);

    /// <summary>Yields nothing until it is cancelled.</summary>
    public static async IAsyncEnumerable<SourceItem<NumberBlock>> Silence([EnumeratorCancellation] CancellationToken cancellation)
    {
        await ForeverAsync(cancellation);
        yield break;
    }

    public StreamCatalogue Catalogue() => NumberCatalogue.Create()
        .AddSource<NumberBlock, NoOptions>("script", "What the test says.", (_, _) => new Source(this))
        .AddPipeline<NumberBlock, NumberPipelineOptions>("scripted", "Sums, after what the test does.", (options, context) => new Pipeline(this, new NumberPipeline(options, context)));

    private IAsyncEnumerable<SourceItem<NumberBlock>> Open(SourcePosition? after, CancellationToken cancellation)
    {
        int opening;
        lock (_lock)
        {
            opening = ++_openings;
            foreach ((_, TaskCompletionSource signal) in _waiting.Where(waiting => waiting.Opening <= opening))
            {
                signal.TrySetResult();
            }
        }

        return Read(opening, after, cancellation);
    }

    public sealed record NoOptions
    {
        [Option("Tells two configurations apart.")]
        public int Revision { get; init; }
    }

    private sealed class Source(Script script) : ISource<NumberBlock>
    {
        public SourceBehaviour Behaviour => script.Behaviour;

        public IAsyncEnumerable<SourceItem<NumberBlock>> ReadAsync(SourcePosition? after, CancellationToken cancellation) => script.Open(after, cancellation);

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }

    private sealed class Pipeline(Script script, NumberPipeline inner) : IPipeline<NumberBlock>
    {
        public IObservable<SensorEvent> Connect(IStreamInput<NumberBlock> input) =>
            Observable.Merge(
                inner.Connect(input.Samples.Do(script.Before)),
                input.Silences.Do(script.Silent).IgnoreElements().Select(_ => (SensorEvent)null!));

        public void Save(BinaryWriter state) => inner.Save(state);

        public void Load(BinaryReader state) => inner.Load(state);
    }
}

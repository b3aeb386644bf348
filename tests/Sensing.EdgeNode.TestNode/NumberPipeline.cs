using Sensing.Events;
using Sensing.Events.Node;
using Sensing.Streams;

namespace Sensing.EdgeNode.TestNode;

/// <summary>Says the running sum after every n-th number: an event that is right only if no number was left out or taken twice.</summary>
public sealed class NumberPipeline(NumberPipelineOptions options, StreamContext context) : IPipeline<NumberBlock>
{
    private long _sum;
    private long _count;

    public IObservable<SensorEvent> Connect(IStreamInput<NumberBlock> input) => new Chain(this, input.Samples);

    public void Save(BinaryWriter state)
    {
        state.Write(_sum);
        state.Write(_count);
    }

    public void Load(BinaryReader state)
    {
        _sum = state.ReadInt64();
        _count = state.ReadInt64();
    }

    private SensorEvent Event(long number, string word) => NodeEvents.Notice.Create(
        context.Address, NumberBlock.Epoch.AddSeconds(number), $"{word} {_sum}", new StreamNotice
        {
            Code = word,
            Severity = NoticeSeverity.Info,
            Message = $"{_sum}",
            Remedy = options.Padding > 0 ? new string('x', options.Padding) : null,
        });

    private sealed class Chain(NumberPipeline pipeline, IObservable<NumberBlock> samples) : IObservable<SensorEvent>, IObserver<NumberBlock>
    {
        private IObserver<SensorEvent>? _observer;

        public IDisposable Subscribe(IObserver<SensorEvent> observer)
        {
            _observer = observer;
            return samples.Subscribe(this);
        }

        public void OnNext(NumberBlock value)
        {
            for (long number = value.First; number < value.First + value.Count; number++)
            {
                pipeline._sum += number;
                if (++pipeline._count % pipeline.Options.Every == 0)
                {
                    _observer!.OnNext(pipeline.Event(number, "sum"));
                }
            }
        }

        public void OnCompleted()
        {
            _observer!.OnNext(pipeline.Event(pipeline._count, "total"));
            _observer.OnCompleted();
        }

        public void OnError(Exception error) => _observer!.OnError(error);
    }

    private NumberPipelineOptions Options => options;
}

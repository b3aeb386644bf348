using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Sensing.Marine.Impacts.Inertial;
using Sensing.Streams;

namespace Sensing.Marine.Refinement.Tests;

/// <summary>A sensor whose samples a test sends.</summary>
internal sealed class Helm
{
    private readonly Channel<SourceItem<InertialSample>> _samples = Channel.CreateBounded<SourceItem<InertialSample>>(16);
    private DateTimeOffset _time = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
    private long _number;

    /// <summary>Everything that was sent has been read.</summary>
    public bool IsEmpty => _samples.Reader.Count == 0;

    public ValueTask SendAsync(Motion6 motion, CancellationToken cancellation)
    {
        _time = _time.AddMilliseconds(10);
        return _samples.Writer.WriteAsync(SourceItem<InertialSample>.Of(
            new InertialSample(_time, motion), new SourcePosition(FormattableString.Invariant($"sample|{++_number}"))), cancellation);
    }

    public StreamCatalogue Register(StreamCatalogue streams) =>
        streams.AddSource<InertialSample, HelmOptions>("helm", "Samples that a test sends.", (_, _) => new Source(_samples.Reader));

    public sealed record HelmOptions;

    private sealed class Source(ChannelReader<SourceItem<InertialSample>> samples) : ISource<InertialSample>
    {
        public SourceBehaviour Behaviour => SourceBehaviour.Recording;

        public async IAsyncEnumerable<SourceItem<InertialSample>> ReadAsync(SourcePosition? after, [EnumeratorCancellation] CancellationToken cancellation)
        {
            await foreach (SourceItem<InertialSample> item in samples.ReadAllAsync(cancellation))
            {
                yield return item;
            }
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}

using System.Threading.Channels;

namespace Sensing.CloudIngest.Log.Kafka.Producing;

/// <summary>Wakes one of those who wait, or the next one who comes; many calls before that are one.</summary>
internal sealed class WakeUp
{
    private readonly Channel<byte> _calls = Channel.CreateBounded<byte>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    public void Call() => _calls.Writer.TryWrite(0);

    public ValueTask<byte> WaitAsync(CancellationToken cancellation) => _calls.Reader.ReadAsync(cancellation);
}

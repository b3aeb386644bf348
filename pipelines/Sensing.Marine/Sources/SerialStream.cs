namespace Sensing.Marine.Sources;

/// <summary>A serial port whose reads come back empty after a while: read again until something comes, or the port is gone.</summary>
internal sealed class SerialStream(FileStream port, TimeProvider clock) : ReceivedStream(port)
{
    /// <summary>So many empty reads that did not wait: the device has been unplugged.</summary>
    private const int MostEmpty = 100;

    /// <summary>A read that waits takes half a second.</summary>
    private static readonly TimeSpan Waits = TimeSpan.FromMilliseconds(100);

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        for (int empty = 0; empty < MostEmpty;)
        {
            cancellationToken.ThrowIfCancellationRequested();
            long begin = clock.GetTimestamp();
            int read = await port.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
            if (read > 0)
            {
                return read;
            }

            empty = clock.GetElapsedTime(begin) < Waits ? empty + 1 : 0;
        }

        return 0;
    }
}

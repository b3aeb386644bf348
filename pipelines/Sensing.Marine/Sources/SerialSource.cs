using System.IO.Ports;
using Sensing.Streams;

namespace Sensing.Marine.Sources;

/// <summary>Lines at a serial port, 8 data bits, no parity, 1 stop bit (IEC 61162-1).</summary>
public sealed class SerialSource(SerialSourceOptions options, StreamContext context) : ISource<NmeaLine>
{
    private readonly LiveLines _lines = new(
        options.Port, "Check the cable, the option 'baud', and that the user may open the port (group dialout).",
        options.SilenceSeconds, _ => Task.Run(() => Open(options)), context.Time);

    public SourceBehaviour Behaviour => SourceBehaviour.Live;

    public IAsyncEnumerable<SourceItem<NmeaLine>> ReadAsync(SourcePosition? after, CancellationToken cancellation) => _lines.ReadAsync(after, cancellation);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private static Stream Open(SerialSourceOptions options)
    {
        var port = new SerialPort(options.Port, options.Baud, Parity.None, 8, StopBits.One);
        try
        {
            port.Open();
            return port.BaseStream;
        }
        catch
        {
            port.Dispose();
            throw;
        }
    }
}

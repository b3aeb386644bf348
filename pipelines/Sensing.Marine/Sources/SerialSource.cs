using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using Sensing.Streams;

namespace Sensing.Marine.Sources;

/// <summary>Lines at a serial port, 8 data bits, no parity, 1 stop bit (IEC 61162-1).</summary>
public sealed class SerialSource(SerialSourceOptions options, StreamContext context) : ISource<NmeaLine>
{
    private readonly LiveLines _lines = new(
        options.Port, "Check the cable, the option 'baud', and that the user may open the port (group dialout).",
        options.SilenceSeconds, cancellation => OpenAsync(options, context.Time, cancellation), context.Time);

    public SourceBehaviour Behaviour => SourceBehaviour.Live;

    public IAsyncEnumerable<SourceItem<NmeaLine>> ReadAsync(SourcePosition? after, CancellationToken cancellation) => _lines.ReadAsync(after, cancellation);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    /// <summary>Sets the port with <c>stty</c>, which every Linux has, and opens it. No read waits longer than half a second: one could not be cancelled.</summary>
    private static async Task<Stream> OpenAsync(SerialSourceOptions options, TimeProvider clock, CancellationToken cancellation)
    {
        string baud = options.Baud.ToString(CultureInfo.InvariantCulture);
        string[] settings = ["-F", options.Port, baud, "raw", "-echo", "-parenb", "-cstopb", "cs8", "clocal", "min", "0", "time", "5"];
        using Process stty = Start(settings);
        string error = await stty.StandardError.ReadToEndAsync(cancellation).ConfigureAwait(false);
        await stty.WaitForExitAsync(cancellation).ConfigureAwait(false);
        return stty.ExitCode == 0
            ? new SerialStream(new FileStream(options.Port, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, bufferSize: 0), clock)
            : throw new IOException(error.Split('\n')[0]);
    }

    private static Process Start(string[] settings)
    {
        try
        {
            return Process.Start(new ProcessStartInfo("stty", settings) { RedirectStandardError = true })!;
        }
        catch (Win32Exception error)
        {
            throw new IOException($"stty cannot be run: {error.Message}", error);
        }
    }
}

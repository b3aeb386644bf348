using System.Text;
using Sensing.Events;
using Sensing.Marine.Sources;
using Sensing.Streams;

namespace Sensing.Marine.Tests.Sources;

/// <summary>The serial source at a pseudo-terminal, which the kernel serves as it does a port.</summary>
public sealed class SerialSourceTests
{
    private static readonly StreamContext Context = new(new StreamAddress("site", "node", "bridge"), TimeProvider.System, Path.GetTempPath());

    [Fact]
    public async Task Lines_come_as_they_were_sent_and_a_port_that_is_unplugged_is_reported()
    {
        var port = new PseudoTerminal();
        await using var source = new SerialSource(new SerialSourceOptions { Port = port.Path, Baud = 38400 }, Context);
        await using IAsyncEnumerator<SourceItem<NmeaLine>> items = source.ReadAsync(null, Token).GetAsyncEnumerator(Token);
        Task<bool> next = items.MoveNextAsync().AsTask();
        await port.SendAsync("$GPHDT,1.0,T*31\r\n$GPH", Token);
        Assert.True(await next);
        Assert.Equal("$GPHDT,1.0,T*31", Text(items.Current));
        next = items.MoveNextAsync().AsTask();

        // Longer than a read waits: half a line is not a line.
        await Task.Delay(TimeSpan.FromSeconds(0.7), TimeProvider.System, Token);
        Assert.False(next.IsCompleted);

        // Raw: neither an interrupt character nor a tilde is taken out, nor a carriage return turned into another line.
        await port.SendAsync("DT,2.0,T*32\r\n!AIVDM,1,1,,A,\u0003~,0*00\r\n", Token);
        Assert.True(await next);
        Assert.Equal("$GPHDT,2.0,T*32", Text(items.Current));
        Assert.True(await items.MoveNextAsync());
        Assert.Equal("!AIVDM,1,1,,A,\u0003~,0*00", Text(items.Current));
        port.Dispose();
        Assert.True(await items.MoveNextAsync());
        Assert.Equal("away", items.Current.Notice!.Code);
    }

    [Fact]
    public async Task A_port_that_is_not_there_is_reported_with_what_to_check()
    {
        await using var source = new SerialSource(new SerialSourceOptions { Port = "/dev/ttyNotThere" }, Context);
        await using IAsyncEnumerator<SourceItem<NmeaLine>> items = source.ReadAsync(null, Token).GetAsyncEnumerator(Token);
        Assert.True(await items.MoveNextAsync());
        Assert.Equal("away", items.Current.Notice!.Code);
        Assert.Contains("/dev/ttyNotThere", items.Current.Notice.Message);
        Assert.Contains("dialout", items.Current.Notice.Remedy);
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static string Text(SourceItem<NmeaLine> item) => Encoding.ASCII.GetString(item.Sample!.Text.Span);
}

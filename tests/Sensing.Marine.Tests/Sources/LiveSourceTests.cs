using System.Net;
using System.Net.Sockets;
using System.Text;
using Sensing.Events;
using Sensing.Marine.Sources;
using Sensing.Streams;
using Sensing.Testing;

namespace Sensing.Marine.Tests.Sources;

public sealed class LiveSourceTests
{
    private static readonly StreamContext Context = new(new StreamAddress("site", "node", "bridge"), TimeProvider.System, Path.GetTempPath());

    [Fact]
    public async Task A_server_is_read_line_by_line_and_connected_again_after_a_loss()
    {
        using var server = new TcpListener(IPAddress.Loopback, 0);
        server.Start();
        await using var source = new TcpSource(new TcpSourceOptions { Host = "127.0.0.1", Port = ((IPEndPoint)server.LocalEndpoint).Port }, Context);
        await using IAsyncEnumerator<SourceItem<NmeaLine>> items = source.ReadAsync(null, Token).GetAsyncEnumerator(Token);
        Task<bool> next = items.MoveNextAsync().AsTask();
        using (TcpClient client = await server.AcceptTcpClientAsync(Token))
        {
            await client.GetStream().WriteAsync("$GPHDT,1.0,T*3"u8.ToArray(), Token);
            await client.GetStream().WriteAsync("1\r\n\r\n$GPHDT,2.0,T*32\r\n"u8.ToArray(), Token);
            Assert.True(await next);
            Assert.Equal("$GPHDT,1.0,T*31", Text(items.Current));
            Assert.True(await items.MoveNextAsync());
            Assert.Equal("$GPHDT,2.0,T*32", Text(items.Current));
        }

        Assert.True(await items.MoveNextAsync());
        Assert.Equal("away", items.Current.Notice!.Code);
        next = items.MoveNextAsync().AsTask();
        using TcpClient again = await server.AcceptTcpClientAsync(Token);
        await again.GetStream().WriteAsync("$GPHDT,3.0,T*33\r\n"u8.ToArray(), Token);
        Assert.True(await next);
        Assert.Equal("returned", items.Current.Notice!.Code);
        Assert.True(await items.MoveNextAsync());
        Assert.Equal("$GPHDT,3.0,T*33", Text(items.Current));
    }

    [Fact]
    public async Task Datagrams_are_lines_with_or_without_the_header_of_iec_61162_450()
    {
        int port = LoopbackPort.Free();
        await using var source = new UdpSource(new UdpSourceOptions { Address = "127.0.0.1", Port = port }, Context);
        await using IAsyncEnumerator<SourceItem<NmeaLine>> items = source.ReadAsync(null, Token).GetAsyncEnumerator(Token);
        Task<bool> next = items.MoveNextAsync().AsTask();
        using var sender = new UdpClient();
        await sender.SendAsync(Encoding.ASCII.GetBytes("$GPHDT,1.0,T*31\r\n$GPHDT,2.0,T*32"), "127.0.0.1", port, Token);
        await sender.SendAsync(Encoding.ASCII.GetBytes("UdPbC\0$GPHDT,3.0,T*33\r\n"), "127.0.0.1", port, Token);
        Assert.True(await next);
        Assert.Equal("$GPHDT,1.0,T*31", Text(items.Current));
        foreach (string expected in (string[])["$GPHDT,2.0,T*32", "$GPHDT,3.0,T*33"])
        {
            Assert.True(await items.MoveNextAsync());
            Assert.Equal(expected, Text(items.Current));
        }
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static string Text(SourceItem<NmeaLine> item) => Encoding.ASCII.GetString(item.Sample!.Text.Span);
}

using System.Net;
using System.Net.Sockets;
using MQTTnet;
using MQTTnet.Protocol;
using Sensing.CloudIngest.Broker;
using Sensing.CloudIngest.Tests.Support;
using Sensing.Testing;

namespace Sensing.CloudIngest.Tests.Commands;

/// <summary>The program's command line.</summary>
public class CommandTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Validate_names_every_mistake_with_its_path_and_fails()
    {
        using var folder = new TemporaryFolder();
        await File.WriteAllTextAsync(folder["cloud.json"], """{"mqtt":{"embeded":{}},"limits":{"maxPage":0}}""", Cancel);
        await using ProgramProcess program = ProgramProcess.Start("cloud-ingest", ["validate", folder["cloud.json"]]);

        Assert.Equal(78, await program.ExitAsync(Cancel));
        Assert.Contains("mqtt.embeded: is not known here; did you mean 'embedded'?", program.Output, StringComparison.Ordinal);
        Assert.Contains("limits.maxPage: must be between 1 and", program.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_port_that_is_taken_is_told_with_what_to_do()
    {
        using var folder = new TemporaryFolder();
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        int port = ((IPEndPoint)taken.LocalEndpoint).Port;
        await using ProgramProcess program = await RunAsync(folder, port);

        Assert.Equal(69, await program.ExitAsync(Cancel));
        Assert.Contains("Choose another mqtt.embedded.port", program.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_stop_that_waits_for_a_slow_client_gives_it_up_and_is_no_failure()
    {
        using var folder = new TemporaryFolder();
        await using ProgramProcess program = await RunAsync(folder, 0);
        var api = new Uri((await program.WaitForLineAsync(@"The query API is at (\S+)\.$", Cancel)).Groups[1].Value);
        using var client = new TcpClient();
        await client.ConnectAsync(api.Host, api.Port, Cancel);
        await client.GetStream().WriteAsync("GET /api/v1/nodes HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Rest-Comes: "u8.ToArray(), Cancel);

        program.Terminate();

        Assert.Equal(0, await program.ExitAsync(Cancel));
    }

    [Fact]
    public async Task A_stop_gives_up_a_subscriber_that_does_not_read()
    {
        using var folder = new TemporaryFolder();
        int port = LoopbackPort.Free();
        await using ProgramProcess program = await RunAsync(folder, port);
        await program.WaitForLineAsync("The query API is at", Cancel);
        using RawMqttClient subscriber = await RawMqttClient.ConnectAsync(port, null, Cancel);
        await subscriber.SubscribeAsync("#", Cancel);

        // More than its socket and the broker's hold.
        using IMqttClient publisher = await Mqtt.ConnectAsync(port, Cancel);
        var message = new MqttApplicationMessageBuilder().WithTopic("no/event").WithPayload(new byte[200_000]).WithQualityOfServiceLevel(MqttQualityOfServiceLevel.AtLeastOnce).Build();
        for (int i = 0; i < 100; i++)
        {
            await publisher.PublishAsync(message, Cancel);
        }

        program.Terminate();

        Assert.Equal(0, await program.ExitAsync(Cancel));
    }

    [Fact]
    public void A_password_line_holds_no_password() =>
        Assert.DoesNotContain("geheim", PasswordFile.Line("cabinet-1", "geheim"), StringComparison.Ordinal);

    /// <summary>The tier with a broker of its own on <paramref name="port"/>, and all else by default or in <paramref name="folder"/>.</summary>
    private static async Task<ProgramProcess> RunAsync(TemporaryFolder folder, int port)
    {
        await File.WriteAllTextAsync(folder["cloud.json"], "{}", Cancel);
        return ProgramProcess.Start("cloud-ingest",
            ["run", folder["cloud.json"], "--set", $"mqtt.embedded.port={port}", "--set", $"store.path={folder["cloud.db"]}", "--set", "http.address=http://127.0.0.1:0"]);
    }
}

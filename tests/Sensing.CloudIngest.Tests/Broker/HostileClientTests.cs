using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.Extensions.Time.Testing;
using MQTTnet;
using MQTTnet.Formatter;
using MQTTnet.Protocol;
using Sensing.CloudIngest.Broker;
using Sensing.CloudIngest.Configuration;
using Sensing.CloudIngest.Log;
using Sensing.CloudIngest.Tests.Support;
using Sensing.Testing;

namespace Sensing.CloudIngest.Tests.Broker;

/// <summary>No client of the embedded broker takes more than its share.</summary>
public sealed class HostileClientTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_session_holds_no_more_than_its_bound_and_takes_nothing_of_another_ones()
    {
        var sessions = new BrokerSessions(new EmbeddedBrokerOptions { MaxQueuedBytesPerSubscriber = 100_000, MaxQueuedBytes = 1024 * 1024 }, new FakeTimeProvider());
        for (int i = 0; i < 100; i++)
        {
            sessions.Enter(null!, $"{i}", "", isClean: true, TimeSpan.FromHours(1));
            sessions.Subscribed($"{i}", keeps: true);
        }

        int given = Enumerable.Range(0, 100).Sum(i => Enumerable.Range(0, 100).Count(_ => sessions.TryGive($"{i}", 4000, mustArrive: true)));

        Assert.InRange(sessions.Bytes, 900_000, 1024 * 1024 + (100 * 5000));
        Assert.True(sessions.TryGive("99", 0, mustArrive: true), "The last one has no share of its own.");
        Assert.False(sessions.TryGive("0", 4000, mustArrive: true));
        for (int i = 0; i < 100; i++)
        {
            for (int j = 0; j < 100; j++)
            {
                sessions.Taken($"{i}", 4000);
            }
        }

        Assert.Equal(0, sessions.Bytes);
        Assert.InRange(given, 200, 400);
    }

    [Fact]
    public async Task Sessions_that_were_left_behind_are_bounded_for_each_user_and_end_with_their_time()
    {
        await using RunningCloud cloud = await StartAsync(broker => broker with { MaxSessionsPerUser = 3, MaxSessionExpirySeconds = 1000 }, "cabinet-1", "cabinet-2");
        for (int i = 0; i < 8; i++)
        {
            using IMqttClient client = await ConnectAsync(cloud, "cabinet-1", $"left-{i}", options => options.WithSessionExpiryInterval(uint.MaxValue));
            await client.SubscribeAsync("sensing/v1/tunnel/cabinet-1/#", MqttQualityOfServiceLevel.AtLeastOnce, Cancel);
            await client.DisconnectAsync(new MqttClientDisconnectOptions { SessionExpiryInterval = 5000 }, Cancel);
        }

        using IMqttClient other = await ConnectAsync(cloud, "cabinet-2", "mine");
        await UntilAsync(() => cloud.Sessions.Count <= 4);
        Assert.Equal(4, cloud.Sessions.Count);
    }

    [Theory]
    [InlineData(0x10, 40_000)]
    [InlineData(0x30, 10)]
    [InlineData(0x10, 900_000)]
    public async Task A_first_packet_that_is_large_or_no_CONNECT_is_not_waited_for(byte head, int length)
    {
        await using RunningCloud cloud = await RunningCloud.StartAsync(Cancel);
        using var stranger = new TcpClient();
        await stranger.ConnectAsync(IPAddress.Loopback, cloud.MqttPort, Cancel);

        await stranger.GetStream().WriteAsync(new byte[] { head, (byte)(0x80 | (length & 0x7f)), (byte)(0x80 | ((length >> 7) & 0x7f)), (byte)(length >> 14), 0, 4 }, Cancel);

        Assert.Equal(0, await ReadToEndAsync(stranger));
    }

    [Fact]
    public async Task Strangers_who_say_nothing_keep_nobody_out()
    {
        await using RunningCloud cloud = await RunningCloud.StartAsync(Cancel, options => options with
        {
            Mqtt = new MqttOptions { Embedded = options.Mqtt.Embedded with { MaxConnections = 40 } },
        });
        var strangers = new List<TcpClient>();
        for (int i = 0; i < 60; i++)
        {
            var stranger = new TcpClient();
            strangers.Add(stranger);
            await stranger.ConnectAsync(IPAddress.Loopback, cloud.MqttPort, Cancel);
            await stranger.GetStream().WriteAsync(new byte[] { 0x10, 0x20, 0 }, Cancel);
        }

        using IMqttClient node = await Mqtt.ConnectAsync(cloud.MqttPort, Cancel);
        Assert.Equal(MqttClientPublishReasonCode.Success, (await node.PublishAsync(Mqtt.Message(Sample.Vehicle(Sample.Noon)), Cancel)).ReasonCode);
        strangers.ForEach(stranger => stranger.Dispose());
    }

    [Fact]
    public async Task Who_knows_the_password_does_not_wait_for_those_who_guess()
    {
        await File.WriteAllTextAsync(_folder["passwords"], PasswordFile.Line("good", "right"), Cancel);
        using var logins = new LoginCheck(new PasswordFile(_folder["passwords"]), TimeProvider.System);
        Assert.True(await logins.AcceptsAsync("good", "right"u8.ToArray(), IPAddress.Loopback));

        Task<bool?>[] guesses = [.. Enumerable.Range(0, 30).Select(i => logins.AcceptsAsync("good", Encoding.UTF8.GetBytes($"{i}"), IPAddress.Parse("192.0.2.1")))];
        Task<bool?> known = logins.AcceptsAsync("good", "right"u8.ToArray(), IPAddress.Loopback);

        Assert.True(known.IsCompleted, "A password that was right before is checked anew.");
        Assert.True(await known);
        bool?[] answers = await Task.WhenAll(guesses);
        Assert.Equal((22, 8), (answers.Count(accepted => accepted is null), answers.Count(accepted => accepted == false)));
    }

    [Fact]
    public async Task A_client_id_of_another_user_is_a_session_of_its_own()
    {
        await using RunningCloud cloud = await StartAsync(null, "n1", "n2");
        using IMqttClient squatter = await ConnectAsync(cloud, "n1", "s.n2");
        using IMqttClient owner = await ConnectAsync(cloud, "n2", "s.n2");

        await squatter.PingAsync(Cancel);
        await owner.PingAsync(Cancel);
        await Assert.ThrowsAnyAsync<Exception>(() => ConnectAsync(cloud, "n1", "refused", options => options.WithWillTopic("sensing/v1/s/n2/status").WithWillPayload("{}")));
        using IMqttClient after = await ConnectAsync(cloud, "n2", "refused");
        await after.PingAsync(Cancel);
    }

    [Theory]
    [InlineData(MqttProtocolVersion.V311)]
    [InlineData(MqttProtocolVersion.V500)]
    public async Task A_clean_session_needs_no_client_id(MqttProtocolVersion version)
    {
        await using RunningCloud cloud = await RunningCloud.StartAsync(Cancel);

        using IMqttClient one = await Mqtt.ConnectAsync(cloud.MqttPort, Cancel, options => options.WithProtocolVersion(version).WithClientId("").WithCleanStart());
        using IMqttClient two = await Mqtt.ConnectAsync(cloud.MqttPort, Cancel, options => options.WithProtocolVersion(version).WithClientId("").WithCleanStart());

        await one.PingAsync(Cancel);
        await two.PingAsync(Cancel);
    }

    [Fact]
    public void A_password_file_that_comes_back_with_its_old_time_counts_again()
    {
        File.WriteAllText(_folder["passwords"], PasswordFile.Line("a", "one"));
        var passwords = new PasswordFile(_folder["passwords"]);
        Assert.True(passwords.Accepts("a", "one"u8.ToArray()));

        File.Move(_folder["passwords"], _folder["away"]);
        Assert.False(passwords.Accepts("a", "one"u8.ToArray()));
        File.Move(_folder["away"], _folder["passwords"]);

        Assert.True(passwords.Accepts("a", "one"u8.ToArray()));
    }

    [Fact]
    public async Task A_subscriber_gets_every_retained_state()
    {
        const int Nodes = 1200;
        await using (RunningCloud cloud = await RunningCloud.StartAsync(Cancel, storePath: _folder["cloud.db"]))
        {
            await cloud.Store.AppendAsync([.. Enumerable.Range(0, Nodes).Select(i => new NodeStatusRecord("tunnel", $"n{i}", Sample.StatusJson(), Sample.Noon))], [], Cancel);
        }

        await using RunningCloud again = await RunningCloud.StartAsync(Cancel, storePath: _folder["cloud.db"]);
        using IMqttClient watcher = await Mqtt.ConnectAsync(again.MqttPort, Cancel);
        var heard = new HashSet<string>();
        var all = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        watcher.ApplicationMessageReceivedAsync += received =>
        {
            if (heard.Add(received.ApplicationMessage.Topic) && heard.Count == Nodes)
            {
                all.TrySetResult();
            }

            return Task.CompletedTask;
        };

        await watcher.SubscribeAsync("sensing/v1/+/+/status", MqttQualityOfServiceLevel.AtMostOnce, Cancel);

        await Task.WhenAny(all.Task, Task.Delay(TimeSpan.FromSeconds(40), TimeProvider.System, Cancel));
        Assert.Equal(Nodes, heard.Count);
    }

    [Fact]
    public void What_strangers_say_is_escaped_cut_and_counted_in_the_log()
    {
        var time = new FakeTimeProvider();
        var lines = new LogLines(time);

        Assert.Equal("a\\u000ab\\u001b[31m\\u005c", LogLines.Plain("a\nb\u001b[31m\\"));
        Assert.InRange(LogLines.Plain(new string('x', 60_000)).Length, 80, 110);
        Assert.Equal(LogLines.PerMinute, Enumerable.Range(0, 1000).Count(_ => lines.TryTake(out long _)));
        time.Advance(TimeSpan.FromMinutes(1));
        Assert.True(lines.TryTake(out long left));
        Assert.Equal(1000 - LogLines.PerMinute, left);
    }

    private static async Task UntilAsync(Func<bool> holds)
    {
        while (!holds())
        {
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, Cancel);
        }
    }

    private static async Task<int> ReadToEndAsync(TcpClient client)
    {
        try
        {
            return await client.GetStream().ReadAsync(new byte[16], Cancel);
        }
        catch (IOException)
        {
            return 0;
        }
    }

    private Task<RunningCloud> StartAsync(Func<EmbeddedBrokerOptions, EmbeddedBrokerOptions>? change, params string[] users)
    {
        File.WriteAllLines(_folder["passwords"], users.Select(user => PasswordFile.Line(user, $"of {user}")));
        return RunningCloud.StartAsync(Cancel, options =>
        {
            EmbeddedBrokerOptions broker = options.Mqtt.Embedded with { PasswordFile = _folder["passwords"] };
            return options with { Mqtt = new MqttOptions { Embedded = change?.Invoke(broker) ?? broker } };
        });
    }

    private static Task<IMqttClient> ConnectAsync(RunningCloud cloud, string user, string clientId, Action<MqttClientOptionsBuilder>? change = null) =>
        Mqtt.ConnectAsync(cloud.MqttPort, Cancel, options =>
        {
            options.WithCredentials(user, $"of {user}").WithClientId(clientId);
            change?.Invoke(options);
        });
}

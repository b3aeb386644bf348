using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Logging.Abstractions;
using Sensing.CloudIngest.Configuration;
using Sensing.CloudIngest.Log.Kafka;
using Sensing.CloudIngest.Tests.Support;

namespace Sensing.CloudIngest.Tests.Kafka;

public class KafkaTopicsTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_stop_while_Kafka_cannot_be_reached_is_no_failure()
    {
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        var options = new KafkaOptions { BootstrapServers = $"127.0.0.1:{((IPEndPoint)silent.LocalEndpoint).Port}" };
        using var topics = new KafkaTopics(options, Sample.Catalogue, new LimitOptions(), TimeProvider.System, 1, NullLogger<KafkaTopics>.Instance) { Timeout = TimeSpan.FromSeconds(1) };
        await topics.StartAsync(Cancel);
        using TcpClient asking = await silent.AcceptTcpClientAsync(Cancel);

        await topics.StopAsync(Cancel);

        Assert.Equal(TaskStatus.RanToCompletion, topics.ExecuteTask!.Status);
        Assert.True(topics.Ready.IsCanceled);
    }
}

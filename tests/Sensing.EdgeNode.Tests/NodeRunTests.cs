using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Logging.Abstractions;
using MQTTnet;
using MQTTnet.Server;
using Sensing.Configuration;
using Sensing.EdgeNode.Configuration;
using Sensing.EdgeNode.Hosting;
using Sensing.EdgeNode.TestNode;
using Sensing.Testing;

namespace Sensing.EdgeNode.Tests;

public class NodeRunTests
{
    [Fact]
    public async Task A_recording_runs_through_outbox_and_broker_to_its_end()
    {
        using var folder = new TemporaryFolder();
        int port = new Random(1).Next(20000, 30000);
        using MqttServer server = new MqttServerFactory().CreateMqttServer(new MqttServerOptionsBuilder()
            .WithDefaultEndpoint().WithDefaultEndpointBoundIPAddress(IPAddress.Loopback).WithDefaultEndpointBoundIPV6Address(IPAddress.None).WithDefaultEndpointPort(port).Build());
        var got = new ConcurrentQueue<string>();
        server.InterceptingPublishAsync += e => { got.Enqueue(e.ApplicationMessage.Topic); e.Response.ReasonCode = MQTTnet.Protocol.MqttPubAckReasonCode.Success; e.ProcessPublish = false; return Task.CompletedTask; };
        await server.StartAsync();
        ConfigurationResult<NodeOptions> r = new NodeConfiguration(NumberCatalogue.Create()).Parse($$"""
            {"site":"s","node":"n","mqtt":{"host":"127.0.0.1","port":{{port}} },"streams":[{"name":"a","source":{"type":"numbers","count":5000 },"sum":{ } } ] }
            """, [], []);
        Assert.Empty(r.Problems);
        using var host = new EdgeNodeHost(r.Value!, folder.Path, NumberCatalogue.Create(), TimeProvider.System, Microsoft.Extensions.Logging.LoggerFactory.Create(b => { }));
        using var stop = new CancellationTokenSource();
        Task run = host.RunAsync(stop.Token);
        await host.AllFinishedAsync(TestContext.Current.CancellationToken);
        await stop.CancelAsync();
        await run;
        Assert.Equal(5001, got.Count(t => t.EndsWith("notice")));
        Assert.Equal(0, host.Publisher.Delivered - 5001);
    }
}

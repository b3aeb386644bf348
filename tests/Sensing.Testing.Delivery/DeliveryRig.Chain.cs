using System.Text.Json.Nodes;

namespace Sensing.Testing.Delivery;

/// <content>The chain with a broker and a Kafka of their own.</content>
public sealed partial class DeliveryRig
{
    private async Task StartChainAsync(CancellationToken cancellation)
    {
        // Without a limit on the queue: Mosquitto drops, and tells nobody, what is beyond it.
        string[] configuration =
        ["allow_anonymous true", "max_queued_messages 0", "max_inflight_messages 1000", .. Setup.MosquittoSavesOften ? new[] { "autosave_on_changes true", "autosave_interval 100" } : []];
        _networks = Setup.Networks ? await DeliveryNetworks.StartAsync(cancellation) : null;
        _mosquitto = _networks is { } networks
            ? await MosquittoBroker.StartAsync([networks.EdgeLink.FarAddress, networks.BridgeLink.FarAddress], networks.Broker.Command, configuration, cancellation)
            : await MosquittoBroker.StartAsync(cancellation, configuration);
        _mosquittoUp.SetResult();
        _port = _mosquitto.Port;
        _network = Setup.BridgeThroughNetwork ? new FaultProxy(_port) : null;
        _kafka = Setup.Path == DeliveryPath.OwnKafka ? await KafkaBroker.StartAsync(cancellation, Setup.KafkaBrokers)
            : Setup.Networks ? await KafkaBroker.OwnAsync(cancellation)
            : _shared ?? await KafkaBroker.AnyAsync(cancellation);
        _networks?.ForwardToBridge(_kafka.Servers);
        if (Setup.KafkaStartsDown)
        {
            await _kafka.KillAsync(cancellation);
        }

        string prefix = KafkaBroker.NewPrefix();
        JsonObject Kafka() => new()
        {
            ["bootstrapServers"] = _kafka.Servers,
            ["groupId"] = prefix + "sinks",
            ["topics"] = new JsonObject { ["prefix"] = prefix, ["create"] = _kafka.HasController, ["partitions"] = 4, ["replication"] = Setup.KafkaBrokers >= 3 ? 3 : 0 },
        };
        JsonObject sink = Kafka();
        sink["instanceId"] = prefix + "sink";
        _sink = await CloudProcess.CreateAsync(_folder["sink.json"], new JsonObject { ["roles"] = new JsonArray("sink", "query"), ["kafka"] = sink, ["store"] = Store() }, cancellation);
        _bridge = await CloudProcess.CreateAsync(_folder["bridge.json"], new JsonObject
        {
            ["roles"] = new JsonArray("bridge"),
            ["mqtt"] = new JsonObject { ["external"] = new JsonObject { ["host"] = _networks?.BridgeLink.FarAddress ?? "127.0.0.1", ["port"] = _network?.Port ?? _port, ["maxBackoffSeconds"] = 0.5 } },
            ["kafka"] = Kafka(),
        }, cancellation, _networks?.Bridge.Command);
        await Task.WhenAll(_sink.StartAsync(cancellation), StartBridgeAsync(cancellation));
    }
}

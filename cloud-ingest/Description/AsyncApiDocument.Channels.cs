using System.Text.Json;
using System.Text.Json.Nodes;
using Sensing.CloudIngest.Configuration;
using Sensing.CloudIngest.Log.Kafka;
using Sensing.Events;
using Sensing.Events.Node;

namespace Sensing.CloudIngest.Description;

internal static partial class AsyncApiDocument
{
    private const string MqttBinding = "0.2.0";
    private const string KafkaBinding = "0.5.0";

    private static void AddMqtt(JsonObject channels, JsonObject operations)
    {
        foreach (IEventType type in EventTypes.All)
        {
            bool status = type == NodeEvents.Status;
            Add(
                type.Name.ToString(), type,
                status ? "sensing/v1/{site}/{node}/status" : $"sensing/v1/{{site}}/{{node}}/{{stream}}/{type.Name.Pipeline}/{type.Name.Fact}",
                status ? ["site", "node"] : ["site", "node", "stream"],
                status ? "Takes a node's state, which is retained; the node's last will says offline. An empty payload forgets the node." : "Takes these events, acknowledged when they are durable.",
                retain: status);
        }

        Add("any", null, "sensing/v1/{site}/{node}/{stream}/{pipeline}/{fact}", ["site", "node", "stream", "pipeline", "fact"], "Takes events of types that this version does not know.", retain: false);

        void Add(string name, IEventType? type, string address, string[] parameters, string summary, bool retain)
        {
            string channel = $"mqtt.{name}";
            channels[channel] = new JsonObject
            {
                ["address"] = address,
                ["servers"] = new JsonArray(Reference("#/servers/mqtt")),
                ["parameters"] = new JsonObject(parameters.Select(parameter => KeyValuePair.Create<string, JsonNode?>(parameter, Reference($"#/components/parameters/{parameter}")))),
                ["messages"] = new JsonObject { [name] = EventMessage(type, "mqttUserProperties", "") },
            };
            operations[$"receive.{channel}"] = Operation(
                "receive", channel, summary, new JsonObject { ["mqtt"] = new JsonObject { ["qos"] = 1, ["retain"] = retain, ["bindingVersion"] = MqttBinding } });
        }
    }

    private static void AddKafka(JsonObject channels, JsonObject operations)
    {
        foreach (KafkaTopic topic in Enum.GetValues<KafkaTopic>())
        {
            string name = TopicNames[topic];
            string channel = $"kafka.{JsonNamingPolicy.CamelCase.ConvertName(topic.ToString())}";
            KafkaTopicOverride? differs = Array.Find(Topics.Overrides, one => one.Topic == topic);
            channels[channel] = new JsonObject
            {
                ["address"] = name,
                ["servers"] = new JsonArray(Reference("#/servers/kafka")),
                ["messages"] = topic == KafkaTopic.Deadletter ? new JsonObject { ["deadletter"] = DeadLetter() } : KafkaEvents(name),
                ["bindings"] = new JsonObject
                {
                    ["kafka"] = new JsonObject
                    {
                        ["topic"] = name,
                        ["partitions"] = differs?.Partitions ?? Topics.Partitions,
                        ["topicConfiguration"] = new JsonObject
                        {
                            ["cleanup.policy"] = new JsonArray("delete"),
                            ["retention.ms"] = (long)((differs?.RetentionHours ?? Topics.RetentionHours) * 3_600_000),
                        },
                        ["bindingVersion"] = KafkaBinding,
                    },
                },
            };
            operations[$"send.{channel}"] = Operation("send", channel, "The bridge writes, with acks=all and an idempotent producer.");
            operations[$"receive.{channel}"] = Operation("receive", channel, "The sink stores, with the offset in the same transaction.");
        }
    }

    /// <summary>Every type of the catalogue that this topic takes, and those that are not in it.</summary>
    private static JsonObject KafkaEvents(string topic)
    {
        var messages = new JsonObject();
        foreach (IEventType? type in EventTypes.All.Where(type => TopicNames.Of(type.Name) == topic).Append(null))
        {
            JsonObject message = EventMessage(type, "kafkaHeaders", KafkaRecordWriter.Attribute);
            message["bindings"] = Key("The source, so that a stream keeps its order.");
            messages[type?.Name.ToString() ?? "any"] = message;
        }

        return messages;
    }

    private static JsonObject DeadLetter() => new()
    {
        ["name"] = "deadletter",
        ["summary"] = "A message that is no event: its bytes as they came, and why.",
        ["contentType"] = "application/octet-stream",
        ["headers"] = new JsonObject
        {
            ["type"] = "object",
            ["properties"] = new JsonObject
            {
                [KafkaRecordWriter.Reason] = Described("string", "What is wrong with it."),
                [KafkaRecordWriter.MqttTopic] = Described("string", "The MQTT topic that it came on."),
                [KafkaRecordWriter.MqttProperties] = Described("string", "Its user properties and content type, a JSON object.", ("contentMediaType", Json)),
            },
            ["required"] = new JsonArray(KafkaRecordWriter.Reason, KafkaRecordWriter.MqttTopic, KafkaRecordWriter.MqttProperties),
        },
        ["payload"] = Text("Whatever it was."),
        ["bindings"] = Key("The MQTT topic."),
    };

    private static JsonObject Key(string description) => new()
    {
        ["kafka"] = new JsonObject { ["key"] = Described("string", description), ["bindingVersion"] = KafkaBinding },
    };
}

using System.Text.Json.Nodes;
using MQTTnet;
using Sensing.CloudIngest.Configuration;
using Sensing.CloudIngest.Description;
using Sensing.CloudIngest.Log;
using Sensing.CloudIngest.Log.Kafka;
using Sensing.CloudIngest.Tests.Support;
using Sensing.Events;
using Sensing.Events.Node;
using Sensing.Testing;

namespace Sensing.CloudIngest.Tests.Description;

/// <summary>The document against what is really sent; that the file is current is a test of the configuration's.</summary>
public class AsyncApiDocumentTests
{
    private static readonly JsonObject Document = new AsyncApiDocument(Sample.Catalogue).Create();

    [Fact]
    public void Every_reference_leads_somewhere()
    {
        string[] references = [.. References(Document)];
        Assert.NotEmpty(references);
        foreach (string reference in references)
        {
            if (reference.StartsWith("#/", StringComparison.Ordinal))
            {
                JsonNode? at = Document;
                foreach (string part in reference[2..].Split('/'))
                {
                    at = at?[part];
                }

                Assert.True(at is not null, reference);
            }
            else
            {
                Assert.True(File.Exists(Path.Combine(Repository.Root, "schemas", reference)), reference);
            }
        }
    }

    [Fact]
    public void Headers_are_objects_and_operations_described_as_Spectral_asks()
    {
        foreach (JsonNode? message in Document["channels"]!.AsObject().SelectMany(channel => channel.Value!["messages"]!.AsObject()).Select(message => message.Value))
        {
            JsonNode headers = message!["headers"]!;
            Assert.True(headers["$ref"] is not null || headers["type"]?.GetValue<string>() == "object", message.ToJsonString());
        }

        Assert.All(Document["operations"]!.AsObject(), operation => Assert.NotEmpty(operation.Value!["description"]!.GetValue<string>()));
    }

    [Fact]
    public void Every_event_type_has_its_MQTT_topic_its_Kafka_topic_and_its_schema()
    {
        var names = new KafkaTopicNames(new KafkaTopicOptions(), Sample.Catalogue);
        foreach (IEventType type in Sample.Catalogue.Types)
        {
            JsonObject mqtt = Channels("mqtt").Single(channel => channel["messages"]!.AsObject().ContainsKey(type.Name.ToString()));
            JsonObject kafka = Channels("kafka").Single(channel => channel["messages"]!.AsObject().ContainsKey(type.Name.ToString()));
            var item = new SensorEvent("1", Sample.Stream, type.Name.ToString(), Sample.Noon, type.Priority, "{}"u8.ToArray());
            string topic = type == NodeEvents.Status ? Mqtt.Status("tunnel", "cabinet-1", []).Topic : item.Topic;
            Assert.Equal(topic, mqtt["address"]!.GetValue<string>().Replace("{site}", "tunnel").Replace("{node}", "cabinet-1").Replace("{stream}", "fibre-a"));
            Assert.Equal(names.Of(type.Name), kafka["address"]!.GetValue<string>());
            Assert.All([mqtt, kafka], channel => Assert.Equal($"events/{type.Name}.schema.json", channel["messages"]![type.Name.ToString()]!["payload"]!["$ref"]!.GetValue<string>()));
        }

        Assert.Equal(names.All.Order(), Channels("kafka").Select(channel => channel["address"]!.GetValue<string>()).Order());
    }

    [Fact]
    public void Attributes_are_those_that_a_node_and_the_bridge_send()
    {
        SensorEvent item = Sample.Vehicle(Sample.Noon);
        MqttApplicationMessage message = Mqtt.Message(item, Sample.Noon);
        Check(Document["components"]!["schemas"]!["mqttUserProperties"]!, [.. message.UserProperties.Select(property => property.Name)]);

        var writer = new KafkaRecordWriter(new KafkaTopicNames(new KafkaTopicOptions(), Sample.Catalogue));
        Check(
            Document["components"]!["schemas"]!["kafkaHeaders"]!,
            Headers(new EventRecord(item, Sample.Noon, Sample.Noon)));
        Check(
            Document["channels"]!["kafka.deadletter"]!["messages"]!["deadletter"]!["headers"]!,
            Headers(new DeadLetterRecord("a/b", "{}", new byte[] { 1 }, "no event", Sample.Noon)));

        string[] Headers(LogRecord record) => [.. writer.Write(record).Message.Headers.Select(header => header.Key)];

        static void Check(JsonNode schema, string[] sent)
        {
            Assert.Equal(schema["properties"]!.AsObject().Select(property => property.Key).Order(), sent.Order());
            Assert.Subset(sent.ToHashSet(), schema["required"]!.AsArray().Select(name => name!.GetValue<string>()).ToHashSet());
        }
    }

    private static IEnumerable<JsonObject> Channels(string protocol) => Document["channels"]!.AsObject()
        .Where(channel => channel.Key.StartsWith($"{protocol}.", StringComparison.Ordinal)).Select(channel => channel.Value!.AsObject());

    private static IEnumerable<string> References(JsonNode? node) => node switch
    {
        JsonObject item when item["$ref"] is { } target => [target.GetValue<string>()],
        JsonObject item => item.SelectMany(property => References(property.Value)),
        JsonArray items => items.SelectMany(References),
        _ => [],
    };
}

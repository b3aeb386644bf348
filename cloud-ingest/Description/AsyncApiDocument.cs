using System.Text.Json.Nodes;
using Sensing.CloudIngest.Configuration;
using Sensing.CloudIngest.Log.Kafka;
using Sensing.Events;

namespace Sensing.CloudIngest.Description;

/// <summary>The AsyncAPI 3.0 document of what cloud-ingest takes from MQTT and writes to and reads from Kafka.</summary>
/// <remarks>Made from the catalogue of event types and the defaults of the options, so that it says what the program does. Payloads refer to
/// <c>schemas/events</c>, beside which the document lies.</remarks>
internal sealed partial class AsyncApiDocument
{
    private const string Json = "application/json";
    private const string NamePattern = "[a-z0-9][a-z0-9-]{0,63}";

    private readonly EventCatalogue _catalogue;
    private readonly KafkaTopicOptions _topics = new();
    private readonly KafkaTopicNames _topicNames;

    public AsyncApiDocument(EventCatalogue catalogue)
    {
        _catalogue = catalogue;
        _topicNames = new KafkaTopicNames(_topics, catalogue);
    }

    public JsonObject Create()
    {
        var channels = new JsonObject();
        var operations = new JsonObject();
        AddMqtt(channels, operations);
        AddKafka(channels, operations);
        return new JsonObject
        {
            ["asyncapi"] = "3.0.0",
            ["info"] = new JsonObject
            {
                ["title"] = "Sensing: events over MQTT and Kafka",
                ["version"] = "1.0.0",
                ["description"] =
                    "What cloud-ingest takes from nodes over MQTT 5 and, where Kafka is configured, passes through it to the store. Events are CloudEvents 1.0 in "
                    + "binary mode. They may come more than once: the id tells. What is no event becomes a dead letter. Names, partitions and retention of the "
                    + "Kafka topics are the defaults of kafka.topics.",
                ["license"] = new JsonObject { ["name"] = "Apache-2.0" },
                ["tags"] = new JsonArray([.. _catalogue.Families.Select(Tag)]),
            },
            ["defaultContentType"] = Json,
            ["servers"] = new JsonObject
            {
                ["mqtt"] = Server("mqtt", "5.0", "127.0.0.1:1883", "The broker inside cloud-ingest (mqtt.embedded), or another one (mqtt.external); with TLS where it is configured."),
                ["kafka"] = Server("kafka", null, "127.0.0.1:9092", "A broker of kafka.bootstrapServers; with TLS and SASL where they are configured."),
            },
            ["channels"] = channels,
            ["operations"] = operations,
            ["components"] = new JsonObject
            {
                ["parameters"] = new JsonObject
                {
                    ["site"] = Text($"Site of the node, {NamePattern}."),
                    ["node"] = Text($"The node, {NamePattern}. It may publish below its own prefix only."),
                    ["stream"] = Text($"The stream, {NamePattern}."),
                    ["pipeline"] = Text("The pipeline, [a-z]{1,32}."),
                    ["fact"] = Text("What happened, [a-z][a-z-]{0,31}."),
                },
                ["schemas"] = new JsonObject { ["mqttUserProperties"] = Attributes(""), ["kafkaHeaders"] = Attributes(KafkaRecordWriter.Attribute) },
            },
        };
    }

    /// <summary>The attributes of CloudEvents, under the names that a transport gives them.</summary>
    private static JsonObject Attributes(string prefix)
    {
        var properties = new JsonObject
        {
            [prefix + "specversion"] = new JsonObject { ["type"] = "string", ["const"] = "1.0" },
            [prefix + "id"] = Described("string", "Deterministic: the same event processed twice has the same id. This product's ids begin with the event time.", ("minLength", 1), ("maxLength", EventAttributes.MaxIdLength)),
            [prefix + "source"] = Described("string", "The stream; of a node's state in Kafka, the node.", ("pattern", $"^/sites/{NamePattern}/nodes/{NamePattern}(/streams/{NamePattern})?$")),
            [prefix + "type"] = Described("string", "Event type.", ("pattern", "^sensing\\.[a-z]{1,32}\\.[a-z][a-z-]{0,31}\\.v[1-9][0-9]{0,3}$")),
            [prefix + "time"] = Described("string", "Event time from the sensor.", ("format", "date-time")),
            [prefix + "sensingcommitted"] = Described("string", "When the node committed it to its outbox, by the node's clock.", ("format", "date-time")),
        };
        string[] required = ["specversion", "id", "source", "type", "time"];
        if (prefix.Length > 0)
        {
            properties[KafkaRecordWriter.ContentType] = new JsonObject { ["type"] = "string", ["const"] = Json };
        }

        return new JsonObject
        {
            ["type"] = "object",
            ["properties"] = properties,
            ["required"] = new JsonArray([.. required.Select(name => JsonValue.Create(prefix + name))]),
        };
    }

    /// <summary>A message that carries events of one type; of any type where none is named.</summary>
    private JsonObject EventMessage(IEventType? type, string attributes, string prefix)
    {
        JsonNode headers = Reference($"#/components/schemas/{attributes}");
        if (type is not null)
        {
            var named = new JsonObject { ["properties"] = new JsonObject { [prefix + "type"] = new JsonObject { ["const"] = type.Name.ToString() } } };
            headers = new JsonObject { ["type"] = "object", ["allOf"] = new JsonArray(headers, named) };
        }

        var message = new JsonObject
        {
            ["name"] = type?.Name.ToString() ?? "any",
            ["title"] = type?.Title ?? "Any event",
            ["summary"] = type?.Summary ?? "An event of a type that this version does not know: stored as it is.",
            ["contentType"] = Json,
            ["headers"] = headers,
            ["payload"] = type is null ? new JsonObject { ["description"] = "Any JSON." } : Reference($"events/{type.Name}.schema.json"),
        };
        if (type is not null)
        {
            message["tags"] = new JsonArray(Tag(_catalogue.Families.First(family => family.Name == type.Name.Pipeline)));
        }

        return message;
    }

    private static JsonObject Tag(EventFamily family) =>
        new() { ["name"] = family.Title, ["description"] = $"Events of the family '{family.Name}'." };

    private static JsonObject Operation(string action, string channel, string summary, JsonObject? bindings = null)
    {
        var operation = new JsonObject { ["action"] = action, ["channel"] = Reference($"#/channels/{channel}"), ["summary"] = summary, ["description"] = summary };
        if (bindings is not null)
        {
            operation["bindings"] = bindings;
        }

        return operation;
    }

    private static JsonObject Server(string protocol, string? version, string host, string description)
    {
        var server = new JsonObject { ["host"] = host, ["protocol"] = protocol, ["description"] = description };
        if (version is not null)
        {
            server["protocolVersion"] = version;
        }

        return server;
    }

    private static JsonObject Described(string type, string description, params (string Name, JsonNode Value)[] bounds)
    {
        var schema = new JsonObject { ["type"] = type, ["description"] = description };
        foreach ((string name, JsonNode value) in bounds)
        {
            schema[name] = value;
        }

        return schema;
    }

    private static JsonObject Text(string description) => new() { ["description"] = description };

    private static JsonObject Reference(string target) => new() { ["$ref"] = target };
}

using System.Text.Json.Serialization;

namespace Sensing.Events.Node;

/// <summary>JSON of the node's payloads: camelCase, enumerations as text, absent values left out.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UseStringEnumConverter = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(StreamNotice))]
[JsonSerializable(typeof(OutboxLoss))]
[JsonSerializable(typeof(NodeStatus))]
public sealed partial class NodeEventJson : JsonSerializerContext;

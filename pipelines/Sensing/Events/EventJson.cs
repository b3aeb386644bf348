using System.Text.Json.Serialization;
using Sensing.Events.Das;
using Sensing.Events.Node;

namespace Sensing.Events;

/// <summary>JSON of every payload: camelCase, enumerations as text, absent values left out.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UseStringEnumConverter = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(VehiclePassage))]
[JsonSerializable(typeof(TrafficFlow))]
[JsonSerializable(typeof(DayProfile))]
[JsonSerializable(typeof(WaterfallTile))]
[JsonSerializable(typeof(StreamNotice))]
[JsonSerializable(typeof(OutboxLoss))]
[JsonSerializable(typeof(NodeStatus))]
public sealed partial class EventJson : JsonSerializerContext;

using System.Text.Json.Serialization;
using Sensing.Drones.Tasks;

namespace Sensing.Drones.Events;

/// <summary>JSON of the drones' payloads.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UseStringEnumConverter = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(DroneResult))]
[JsonSerializable(typeof(DroneQos))]
[JsonSerializable(typeof(MaskState))]
public sealed partial class DroneEventJson : JsonSerializerContext;

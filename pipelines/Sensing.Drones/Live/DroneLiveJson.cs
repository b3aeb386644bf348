using System.Text.Json.Serialization;
using Sensing.Drones.Report;

namespace Sensing.Drones.Live;

/// <summary>JSON of effects, saved state, profiles and cloud calls.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UseStringEnumConverter = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(TaskResult))]
[JsonSerializable(typeof(TaskFindings))]
[JsonSerializable(typeof(BookState))]
internal sealed partial class DroneLiveJson : JsonSerializerContext;

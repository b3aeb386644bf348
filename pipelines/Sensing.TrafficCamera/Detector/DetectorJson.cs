using System.Text.Json.Serialization;

namespace Sensing.TrafficCamera.Detector;

/// <summary>JSON of the model's results, live as in recordings.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UseStringEnumConverter = true,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(DetectorResult))]
internal sealed partial class DetectorJson : JsonSerializerContext;

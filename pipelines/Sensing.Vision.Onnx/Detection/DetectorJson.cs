using System.Text.Json.Serialization;

namespace Sensing.Vision.Onnx.Detection;

/// <summary>JSON of a model's settings in its metadata.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UseStringEnumConverter = true,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(DetectorSettings))]
internal sealed partial class DetectorJson : JsonSerializerContext;

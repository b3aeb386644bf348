using System.Text.Json.Serialization;

namespace Sensing.Drones.Cloud;

/// <summary>JSON of KServe v2.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(InferRequest))]
[JsonSerializable(typeof(InferResponse))]
[JsonSerializable(typeof(InferRefusal))]
internal sealed partial class InferJson : JsonSerializerContext;

using System.Text.Json.Serialization;

namespace Sensing.CloudInference;

/// <summary>JSON of the metadata.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(ServerMetadata))]
[JsonSerializable(typeof(ModelMetadata))]
internal sealed partial class EndpointJson : JsonSerializerContext;

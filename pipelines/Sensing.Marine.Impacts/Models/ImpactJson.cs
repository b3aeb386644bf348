using System.Text.Json.Serialization;

namespace Sensing.Marine.Impacts.Models;

/// <summary>JSON of the classifiers' answers, live as in recordings.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UseStringEnumConverter = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(ImpactAnswer))]
internal sealed partial class ImpactJson : JsonSerializerContext;

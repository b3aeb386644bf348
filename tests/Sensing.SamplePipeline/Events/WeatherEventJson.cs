using System.Text.Json.Serialization;

namespace Sensing.SamplePipeline.Events;

/// <summary>JSON of the weather payloads, and of the result of its effect.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UseStringEnumConverter = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(WeatherSummary))]
[JsonSerializable(typeof(Gust))]
[JsonSerializable(typeof(GustOutlook))]
[JsonSerializable(typeof(OutlookModel))]
public sealed partial class WeatherEventJson : JsonSerializerContext;

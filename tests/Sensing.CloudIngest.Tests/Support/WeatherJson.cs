using System.Text.Json.Serialization;

namespace Sensing.CloudIngest.Tests.Support;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(WeatherObservation))]
internal sealed partial class WeatherJson : JsonSerializerContext;

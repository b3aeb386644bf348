using System.Text.Json.Serialization;
using Sensing.Dashboards.Options;

namespace Sensing.Dashboards;

/// <summary>JSON of what the dashboard itself serves.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(DashboardOptions))]
internal sealed partial class DashboardJson : JsonSerializerContext;

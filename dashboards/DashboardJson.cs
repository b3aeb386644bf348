using System.Text.Json.Serialization;
using Sensing.Dashboards.Options;
using Sensing.Dashboards.Pages;

namespace Sensing.Dashboards;

/// <summary>JSON that the dashboard itself serves, and the list of its pages.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(DashboardOptions))]
[JsonSerializable(typeof(PageList))]
internal sealed partial class DashboardJson : JsonSerializerContext;

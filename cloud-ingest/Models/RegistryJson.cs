using System.Text.Json.Serialization;

namespace Sensing.CloudIngest.Models;

/// <summary>JSON of the registry's file and of what the API says of it.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UseStringEnumConverter = true,
    WriteIndented = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(RegistryIndex))]
[JsonSerializable(typeof(RegisteredModel[]))]
internal sealed partial class RegistryJson : JsonSerializerContext;

using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;

namespace Sensing.CloudIngest.Tests.Support;

/// <summary>Makes a payload of any type with every property present, so that the tests need not name a pipeline's types.</summary>
public static class PayloadExample
{
    /// <summary>The payload as JSON, one element in each list.</summary>
    public static byte[] Of(JsonTypeInfo type) => JsonSerializer.SerializeToUtf8Bytes(Node(type));

    private static JsonNode? Node(JsonTypeInfo type)
    {
        JsonSerializerOptions options = type.Options;
        Type plain = Nullable.GetUnderlyingType(type.Type) ?? type.Type;
        return type.Kind switch
        {
            JsonTypeInfoKind.Enumerable => new JsonArray(Node(options.GetTypeInfo(type.ElementType!))),
            JsonTypeInfoKind.Object => new JsonObject(type.Properties.Where(property => property.Set is not null || property.AssociatedParameter is not null)
                .Select(property => KeyValuePair.Create(property.Name, Node(options.GetTypeInfo(property.PropertyType))))),
            JsonTypeInfoKind.None when plain == typeof(string) => "text",
            JsonTypeInfoKind.None when plain == typeof(byte[]) => "AAAA",
            JsonTypeInfoKind.None when plain == typeof(DateTimeOffset) => "2026-01-02T12:00:00Z",
            JsonTypeInfoKind.None when plain.IsEnum => JsonSerializer.SerializeToNode(Enum.GetValues(plain).GetValue(0), options.GetTypeInfo(plain)),
            JsonTypeInfoKind.None when plain.IsValueType => JsonSerializer.SerializeToNode(Activator.CreateInstance(plain), options.GetTypeInfo(plain)),
            _ => throw new NotSupportedException($"No example can be made of {type.Type}."),
        };
    }
}

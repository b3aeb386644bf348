using System.Numerics;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Sensing.CloudIngest.Bridge;

/// <summary>Tells of most payloads that they are what their type carries, without making objects of them.</summary>
/// <remarks>What it accepts the serializer accepts too. Of anything unusual (a null, an escape, a property that is not known or comes
/// twice) it says nothing, and the serializer decides: that also says what is wrong.</remarks>
internal sealed class PayloadShape
{
    private delegate bool Check(ref Utf8JsonReader reader);

    private readonly Check _check;

    private PayloadShape(Check check) => _check = check;

    /// <returns>Null where the type has something that is not known here.</returns>
    public static PayloadShape? Of(JsonTypeInfo type) => Value(type) is { } check ? new PayloadShape(check) : null;

    /// <returns>True where <paramref name="data"/> are of this type; false where this does not say.</returns>
    public bool Accepts(ReadOnlySpan<byte> data)
    {
        try
        {
            var reader = new Utf8JsonReader(data);
            return reader.Read() && _check(ref reader) && !reader.Read();
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static Check? Value(JsonTypeInfo type)
    {
        Type of = Nullable.GetUnderlyingType(type.Type) ?? type.Type;
        return of == typeof(double) ? Number
            : of == typeof(int) ? static (ref Utf8JsonReader reader) => reader.TokenType == JsonTokenType.Number && reader.TryGetInt32(out _)
            : of == typeof(long) ? static (ref Utf8JsonReader reader) => reader.TokenType == JsonTokenType.Number && reader.TryGetInt64(out _)
            : of == typeof(bool) ? static (ref Utf8JsonReader reader) => reader.TokenType is JsonTokenType.True or JsonTokenType.False
            : of == typeof(string) ? static (ref Utf8JsonReader reader) => IsPlain(reader)
            : of == typeof(DateTimeOffset) ? static (ref Utf8JsonReader reader) => IsPlain(reader) && reader.TryGetDateTimeOffset(out _)
            : of.IsEnum ? Word(of, type.Options)
            : type.Kind switch
            {
                JsonTypeInfoKind.Enumerable when type.ElementType is { } element && Value(type.Options.GetTypeInfo(element)) is { } check => Items(check),
                JsonTypeInfoKind.Object when type.PolymorphismOptions is null => Members(type),
                _ => null,
            };
    }

    private static bool Number(ref Utf8JsonReader reader) =>
        reader.TokenType == JsonTokenType.Number && reader.ValueSpan.Length <= 32
        && (!reader.ValueSpan.ContainsAny((byte)'e', (byte)'E') || (reader.TryGetDouble(out double value) && double.IsFinite(value)));

    private static bool IsPlain(in Utf8JsonReader reader) =>
        reader.TokenType == JsonTokenType.String && !reader.ValueIsEscaped && Ascii.IsValid(reader.ValueSpan);

    private static Check Word(Type type, JsonSerializerOptions options)
    {
        byte[][] words = [.. Enum.GetValues(type).Cast<object>()
            .Select(value => JsonSerializer.SerializeToUtf8Bytes(value, options.GetTypeInfo(type)))
            .Where(text => text[0] == '"').Select(text => text[1..^1])];
        return (ref Utf8JsonReader reader) =>
        {
            if (IsPlain(reader))
            {
                foreach (byte[] word in words)
                {
                    if (reader.ValueSpan.SequenceEqual(word))
                    {
                        return true;
                    }
                }
            }

            return false;
        };
    }

    private static Check Items(Check check) => (ref Utf8JsonReader reader) =>
    {
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            return false;
        }

        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (!check(ref reader))
            {
                return false;
            }
        }

        return true;
    };

    private static Check? Members(JsonTypeInfo type)
    {
        var members = new List<(byte[] Name, Check Check)>();
        ulong required = 0;
        foreach (JsonPropertyInfo property in type.Properties)
        {
            if (property.IsExtensionData || property.CustomConverter is not null || property.NumberHandling is not null || members.Count == 64
                || Value(type.Options.GetTypeInfo(property.PropertyType)) is not { } check)
            {
                return null;
            }

            if (property.IsRequired || property.AssociatedParameter is { HasDefaultValue: false, IsMemberInitializer: false })
            {
                required |= 1UL << members.Count;
            }

            members.Add((Encoding.UTF8.GetBytes(property.Name), check));
        }

        return members.Count == 0 ? null : Members([.. members], required);
    }

    private static Check Members((byte[] Name, Check Check)[] members, ulong required) => (ref Utf8JsonReader reader) =>
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            return false;
        }

        ulong seen = 0;
        int expected = 0;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            // Most writers keep the order of the type, so the search begins after the last one.
            int tried = 0;
            while (!reader.ValueTextEquals(members[expected].Name))
            {
                expected = expected + 1 == members.Length ? 0 : expected + 1;
                if (++tried == members.Length)
                {
                    return false;
                }
            }

            ulong bit = 1UL << expected;
            if ((seen & bit) != 0 || !reader.Read() || !members[expected].Check(ref reader))
            {
                return false;
            }

            seen |= bit;
            expected = expected + 1 == members.Length ? 0 : expected + 1;
        }

        return BitOperations.PopCount(seen & required) == BitOperations.PopCount(required);
    };
}

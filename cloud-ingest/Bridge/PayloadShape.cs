using System.Buffers.Text;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Sensing.CloudIngest.Bridge;

/// <summary>Tells of most payloads that they are what their type carries, without making objects of them.</summary>
/// <remarks>What it accepts the serializer accepts too. Of anything unusual (a null, an escape, a property that is not known or comes
/// twice) it says nothing, and the serializer decides: that also says what is wrong.</remarks>
internal sealed class PayloadShape
{
    private delegate bool Check(ref PlainJson json);

    private readonly Check _check;

    private PayloadShape(Check check) => _check = check;

    /// <returns>Null where the type has something that is not known here.</returns>
    public static PayloadShape? Of(JsonTypeInfo type) => Value(type) is { } check ? new PayloadShape(check) : null;

    /// <returns>True where <paramref name="data"/> are of this type; false where this does not say.</returns>
    public bool Accepts(ReadOnlySpan<byte> data)
    {
        var json = new PlainJson(data);
        return _check(ref json) && json.IsAtEnd();
    }

    private static Check? Value(JsonTypeInfo type)
    {
        Type of = Nullable.GetUnderlyingType(type.Type) ?? type.Type;
        return of == typeof(double) ? static (ref PlainJson json) => json.TryDouble()
            : of == typeof(int) ? static (ref PlainJson json) => json.TryNumber(out ReadOnlySpan<byte> number, out _) && int.TryParse(number, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _)
            : of == typeof(long) ? static (ref PlainJson json) => json.TryNumber(out ReadOnlySpan<byte> number, out _) && long.TryParse(number, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _)
            : of == typeof(bool) ? static (ref PlainJson json) => json.TryTake("true"u8) || json.TryTake("false"u8)
            : of == typeof(string) ? static (ref PlainJson json) => json.TryText(out _)
            : of == typeof(byte[]) ? static (ref PlainJson json) => json.TryText(out ReadOnlySpan<byte> quoted) && Base64.IsValid(quoted[1..^1])
            : of == typeof(DateTimeOffset) ? static (ref PlainJson json) => json.TryText(out ReadOnlySpan<byte> quoted) && IsTime(quoted)
            : of.IsEnum ? Word(of, type.Options)
            : type.Kind switch
            {
                JsonTypeInfoKind.Enumerable when type.ElementType is { } element && Value(type.Options.GetTypeInfo(element)) is { } check => Items(check),
                JsonTypeInfoKind.Object when type.PolymorphismOptions is null => Members(type),
                _ => null,
            };
    }

    private static bool IsTime(ReadOnlySpan<byte> quoted)
    {
        var reader = new Utf8JsonReader(quoted);
        return reader.Read() && reader.TryGetDateTimeOffset(out _);
    }

    private static Check Word(Type type, JsonSerializerOptions options)
    {
        byte[][] words = [.. Enum.GetValues(type).Cast<object>()
            .Select(value => JsonSerializer.SerializeToUtf8Bytes(value, options.GetTypeInfo(type)))
            .Where(text => text[0] == '"')];
        return (ref PlainJson json) =>
        {
            foreach (byte[] word in words)
            {
                if (json.TryTake(word))
                {
                    return true;
                }
            }

            return false;
        };
    }

    private static Check Items(Check check) => (ref PlainJson json) =>
    {
        if (!json.TryTake((byte)'['))
        {
            return false;
        }

        if (json.TryTake((byte)']'))
        {
            return true;
        }

        do
        {
            if (!check(ref json))
            {
                return false;
            }
        }
        while (json.TryTake((byte)','));
        return json.TryTake((byte)']');
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

            members.Add((JsonSerializer.SerializeToUtf8Bytes(property.Name), check));
        }

        return members.Count == 0 ? null : Members([.. members], required);
    }

    private static Check Members((byte[] Name, Check Check)[] members, ulong required) => (ref PlainJson json) =>
    {
        if (!json.TryTake((byte)'{'))
        {
            return false;
        }

        ulong seen = 0;
        int expected = 0;
        do
        {
            // Most writers keep the order of the type, so the search begins after the last one.
            int tried = 0;
            while (!json.TryTake(members[expected].Name))
            {
                expected = expected + 1 == members.Length ? 0 : expected + 1;
                if (++tried == members.Length)
                {
                    return false;
                }
            }

            ulong bit = 1UL << expected;
            if ((seen & bit) != 0 || !json.TryTake((byte)':') || !members[expected].Check(ref json))
            {
                return false;
            }

            seen |= bit;
            expected = expected + 1 == members.Length ? 0 : expected + 1;
        }
        while (json.TryTake((byte)','));
        return json.TryTake((byte)'}') && (seen & required) == required;
    };
}

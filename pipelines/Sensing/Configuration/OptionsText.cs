using System.Reflection;
using System.Text;
using System.Text.Json;

namespace Sensing.Configuration;

/// <summary>An options record as JSON with every value, defaults included: equal text means equal options.</summary>
/// <remarks>The text is what <see cref="JsonSerializer"/> writes by default, with property names as declared, enums as numbers and
/// numbers that are not finite as strings. Saved states are compared by it, so it stays as it is.</remarks>
public static class OptionsText
{
    public static string Of(object options)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            Write(writer, options);
        }

        return Encoding.UTF8.GetString(buffer.GetBuffer().AsSpan(0, (int)buffer.Length));
    }

    /// <summary>Writes a record, or a value that an option may have.</summary>
    /// <exception cref="InvalidOperationException">Options cannot be of this type.</exception>
    public static void Write(Utf8JsonWriter writer, object? value)
    {
        switch (value)
        {
            case null:
                writer.WriteNullValue();
                break;
            case string text:
                writer.WriteStringValue(text);
                break;
            case bool flag:
                writer.WriteBooleanValue(flag);
                break;
            case int number:
                writer.WriteNumberValue(number);
                break;
            case long number:
                writer.WriteNumberValue(number);
                break;
            case double number when double.IsFinite(number):
                writer.WriteNumberValue(number);
                break;
            case double number:
                writer.WriteStringValue(double.IsNaN(number) ? "NaN" : number > 0 ? "Infinity" : "-Infinity");
                break;
            case Enum word:
                writer.WriteNumberValue(((IConvertible)word).ToInt64(null));
                break;
            case Array items:
                writer.WriteStartArray();
                foreach (object? item in items)
                {
                    Write(writer, item);
                }

                writer.WriteEndArray();
                break;
            case ComponentChoice choice:
                writer.WriteStartObject();
                writer.WriteString(nameof(ComponentChoice.Type), choice.Type);
                writer.WritePropertyName(nameof(ComponentChoice.Options));
                Write(writer, choice.Options);
                writer.WriteEndObject();
                break;
            default:
                WriteRecord(writer, value);
                break;
        }
    }

    private static void WriteRecord(Utf8JsonWriter writer, object record)
    {
        writer.WriteStartObject();
        foreach (PropertyInfo property in Properties(record.GetType()))
        {
            writer.WritePropertyName(property.Name);
            Write(writer, property.GetValue(record));
        }

        writer.WriteEndObject();
    }

    /// <summary>Level by level, the derived record first: its options, then what it computes of them. A record of positional
    /// properties, which only a computed one may be, has them in the order of its constructor.</summary>
    private static IEnumerable<PropertyInfo> Properties(Type type)
    {
        if (OptionsRecord.Positional(type) is { } positional)
        {
            return positional;
        }

        if (!OptionProperty.IsOptionsRecord(type))
        {
            throw new InvalidOperationException($"Options cannot be of type {type}.");
        }

        ILookup<Type, PropertyInfo> options = OptionProperty.Of(type).Select(option => option.Property).ToLookup(property => property.DeclaringType!);
        return OptionsRecord.Levels(type).SelectMany(level => options[level].Concat(OptionsRecord.Properties(type)
            .Where(property => property.DeclaringType == level && property.SetMethod is null).OrderBy(property => property.Name, StringComparer.Ordinal)));
    }
}

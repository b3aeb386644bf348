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
        if (!OptionProperty.IsOptionsRecord(record.GetType()))
        {
            throw new InvalidOperationException($"Options cannot be of type {record.GetType()}.");
        }

        writer.WriteStartObject();
        foreach (OptionProperty option in OptionProperty.Of(record.GetType()))
        {
            writer.WritePropertyName(option.Property.Name);
            Write(writer, option.Property.GetValue(record));
        }

        writer.WriteEndObject();
    }
}

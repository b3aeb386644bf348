using System.Text.Json;
using System.Text.Unicode;

namespace Sensing.CloudIngest.Bridge;

/// <summary>What every payload must be, whatever its type: JSON that any store, database function and client can read back.</summary>
/// <remarks>JSON's grammar allows what the readers behind this tier do not: a number that no <see cref="double"/> holds, U+0000 in a text
/// (PostgreSQL's jsonb has none), half a surrogate pair, bytes that are not UTF-8.</remarks>
internal static class PayloadText
{
    /// <summary>Largest magnitude of a number in the payload of a known type. No measured quantity comes near it, and a roll-up could add up
    /// such numbers for longer than any store lasts before a <see cref="double"/> overflows.</summary>
    public const double LargestMagnitude = 1e100;

    /// <summary>Longest number, characters. PostgreSQL's numeric has room for more.</summary>
    private const int LongestNumber = 400;

    /// <summary>Largest power of ten, up or down: beyond it a <see cref="double"/> is zero or infinite, and numeric has no room from 10^±16384 on.</summary>
    private const int LargestExponent = 400;

    /// <returns>What is wrong with <paramref name="data"/>; null where it is as it must be.</returns>
    /// <param name="data">A payload.</param>
    /// <param name="largest">Largest magnitude of its numbers.</param>
    public static string? Problem(ReadOnlySpan<byte> data, double largest)
    {
        if (!Utf8.IsValid(data))
        {
            return "they are not UTF-8";
        }

        try
        {
            var reader = new Utf8JsonReader(data);
            while (reader.Read())
            {
                string? problem = reader.TokenType switch
                {
                    JsonTokenType.Number => NumberProblem(in reader, largest),
                    JsonTokenType.String or JsonTokenType.PropertyName when reader.ValueIsEscaped => EscapeProblem(in reader),
                    _ => null,
                };
                if (problem is not null)
                {
                    return problem;
                }
            }

            return null;
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            return error.Message;
        }
    }

    private static string? NumberProblem(ref readonly Utf8JsonReader reader, double largest)
    {
        ReadOnlySpan<byte> text = reader.ValueSpan;
        if (text.Length > LongestNumber)
        {
            return $"a number has {text.Length} characters";
        }

        if (!reader.TryGetDouble(out double value) || !(Math.Abs(value) <= largest))
        {
            return $"the number at byte {reader.TokenStartIndex} is beyond ±{largest:g3}";
        }

        int exponent = text.IndexOfAny((byte)'e', (byte)'E');
        return exponent >= 0 && (!int.TryParse(text[(exponent + 1)..], System.Globalization.CultureInfo.InvariantCulture, out int power) || Math.Abs((long)power) > LargestExponent)
            ? $"the exponent of the number at byte {reader.TokenStartIndex} is beyond ±{LargestExponent}"
            : null;
    }

    /// <remarks>A text without an escape is valid: control characters are no JSON, and the bytes are UTF-8.</remarks>
    private static string? EscapeProblem(ref readonly Utf8JsonReader reader) =>
        reader.GetString()!.Contains('\0', StringComparison.Ordinal) ? $"the text at byte {reader.TokenStartIndex} contains U+0000" : null;
}

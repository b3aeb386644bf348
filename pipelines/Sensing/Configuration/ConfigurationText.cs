using System.Text.Json;
using System.Text.Json.Nodes;

namespace Sensing.Configuration;

/// <summary>Configuration as text, with what environment and command line lay over it.</summary>
public static class ConfigurationText
{
    private static readonly JsonDocumentOptions Lenient = new()
    {
        CommentHandling = JsonCommentHandling.Skip,
        AllowTrailingCommas = true,
        AllowDuplicateProperties = false,
    };

    /// <summary>Parses <paramref name="text"/>; comments and trailing commas are allowed, duplicate keys are mistakes.</summary>
    /// <returns>Null, with the line and column in <paramref name="problem"/>, where it is no JSON object.</returns>
    public static JsonObject? Parse(string text, out ConfigurationProblem? problem)
    {
        try
        {
            problem = null;
            if (JsonNode.Parse(text, documentOptions: Lenient) is JsonObject root)
            {
                return root;
            }

            problem = new ConfigurationProblem("", "the file must hold one JSON object");
        }
        catch (JsonException error)
        {
            problem = new ConfigurationProblem("", error.LineNumber is { } line
                ? $"line {line + 1}, column {error.BytePositionInLine + 1}: {FirstSentence(error.Message)}"
                : FirstSentence(error.Message));
        }

        return null;
    }

    /// <summary>Lays values over <paramref name="root"/>: <c>mqtt.port</c> → 1884, <c>streams[0].name</c> → "a".</summary>
    /// <param name="root">What is changed.</param>
    /// <param name="path">Keys joined by dots, with <c>[n]</c> for an array's existing item.</param>
    /// <param name="value">JSON where it parses as such (numbers, true, null, [..], {..}), else the text itself.</param>
    /// <returns>Null, or why the path cannot be followed.</returns>
    public static ConfigurationProblem? Overlay(JsonObject root, string path, string value)
    {
        JsonNode current = root;
        string[] steps = path.Replace("[", ".[", StringComparison.Ordinal).Split('.', StringSplitOptions.RemoveEmptyEntries);
        for (int i = 0; i < steps.Length; i++)
        {
            bool last = i == steps.Length - 1;
            string step = steps[i];
            if (step.StartsWith('['))
            {
                if (current is not JsonArray array || !int.TryParse(step.Trim('[', ']'), out int index) || index < 0 || index >= array.Count)
                {
                    return new ConfigurationProblem(path, $"there is no item {step} to override");
                }

                if (last)
                {
                    array[index] = Value(value);
                }
                else
                {
                    current = array[index] ?? (array[index] = new JsonObject());
                }
            }
            else if (current is JsonObject holder)
            {
                if (last)
                {
                    holder[step] = Value(value);
                }
                else
                {
                    current = holder[step] ?? (holder[step] = new JsonObject());
                }
            }
            else
            {
                return new ConfigurationProblem(path, $"'{step}' is inside something that is not an object");
            }
        }

        return null;
    }

    /// <summary>The overrides that <paramref name="environment"/> holds under <paramref name="prefix"/>:
    /// <c>SENSING__mqtt__port=1884</c> overrides <c>mqtt.port</c>, <c>SENSING__streams__0__name</c> overrides <c>streams[0].name</c>.</summary>
    public static IEnumerable<(string Path, string Value)> FromEnvironment(
        IEnumerable<KeyValuePair<string, string>> environment, string prefix) => environment
            .Where(variable => variable.Key.StartsWith(prefix, StringComparison.Ordinal) && variable.Key.Length > prefix.Length)
            .OrderBy(variable => variable.Key, StringComparer.Ordinal)
            .Select(variable => (Path(variable.Key[prefix.Length..]), variable.Value));

    private static string Path(string name) => string.Concat(name.Split("__", StringSplitOptions.RemoveEmptyEntries)
        .Select((part, i) => part.All(char.IsAsciiDigit) ? $"[{part}]" : i == 0 ? part : "." + part));

    private static JsonNode? Value(string text)
    {
        try
        {
            return JsonNode.Parse(text);
        }
        catch (JsonException)
        {
            // A bare word or a path: meant as text.
            return JsonValue.Create(text);
        }
    }

    private static string FirstSentence(string message)
    {
        int cut = message.IndexOf(" LineNumber:", StringComparison.Ordinal);
        int path = message.IndexOf(" Path:", StringComparison.Ordinal);
        int end = path >= 0 && (cut < 0 || path < cut) ? path : cut;
        return end > 0 ? message[..end] : message;
    }
}

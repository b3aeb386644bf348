using System.Text;
using System.Text.Json;

namespace Sensing.Vision.Onnx.Tfjs;

/// <summary>One node of a TensorFlow.js graph.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Operator">Its TensorFlow operator.</param>
/// <param name="Inputs">What it reads: <c>node</c> or <c>node:output</c>. Control inputs are left out.</param>
/// <param name="Attributes">The attributes as JSON of a TensorFlow NodeDef; null: none.</param>
internal sealed record TfjsNode(string Name, string Operator, string[] Inputs, JsonElement? Attributes)
{
    /// <summary>Name of its output in the ONNX graph, which no input or output of that graph has.</summary>
    public string Output => "tf/" + Name;

    public string? Text(string attribute) => Value(attribute, "s") is { } value ? Decode(value.GetString()) : null;

    public float? Number(string attribute) => Value(attribute, "f") is { } value ? value.GetSingle() : null;

    /// <summary>A single integer; null where there is none.</summary>
    public int? Integer(string attribute) => Value(attribute, "i") is { } value ? Whole(value) : null;

    /// <summary>Whether the values that an attribute types are integers.</summary>
    public bool IsInteger(string attribute) => Value(attribute, "type")?.GetString() is "DT_INT32" or "DT_INT64";

    public bool Flag(string attribute) => Value(attribute, "b") is { ValueKind: JsonValueKind.True };

    /// <summary>A list of integers, which JSON of protocol buffers writes as strings; empty where there is none.</summary>
    public int[] Integers(string attribute) => List(attribute, "i") is { } list
        ? [.. list.EnumerateArray().Select(Whole)]
        : [];

    /// <summary>A list of texts; empty where there is none.</summary>
    public string[] Texts(string attribute) =>
        List(attribute, "s") is { } list ? [.. list.EnumerateArray().Select(item => Decode(item.GetString()))] : [];

    private static int Whole(JsonElement item) => item.ValueKind == JsonValueKind.String
        ? int.Parse(item.GetString()!, System.Globalization.CultureInfo.InvariantCulture)
        : item.GetInt32();

    private static string Decode(string? base64) => Encoding.UTF8.GetString(Convert.FromBase64String(base64 ?? ""));

    private JsonElement? List(string attribute, string kind) =>
        Value(attribute, "list") is { } list && list.TryGetProperty(kind, out JsonElement values) ? values : null;

    private JsonElement? Value(string attribute, string kind) =>
        Attributes is { ValueKind: JsonValueKind.Object } all && all.TryGetProperty(attribute, out JsonElement value)
            && value.TryGetProperty(kind, out JsonElement found)
            ? found
            : null;
}

namespace Sensing.Onnx.Graph;

/// <summary>An attribute of a node: exactly one of the values is set.</summary>
/// <param name="Name">Its name in the operator's definition.</param>
public sealed record OnnxAttribute(string Name)
{
    public long? Whole { get; init; }

    public float? Number { get; init; }

    public string? Text { get; init; }

    public IReadOnlyList<long>? Integers { get; init; }

    public static OnnxAttribute Of(string name, long value) => new(name) { Whole = value };

    public static OnnxAttribute Of(string name, float value) => new(name) { Number = value };

    public static OnnxAttribute Of(string name, string value) => new(name) { Text = value };

    public static OnnxAttribute Of(string name, IEnumerable<int> values) => new(name) { Integers = [.. values.Select(value => (long)value)] };
}

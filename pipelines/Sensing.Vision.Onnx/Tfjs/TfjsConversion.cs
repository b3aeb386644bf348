using Sensing.Onnx.Graph;

namespace Sensing.Vision.Onnx.Tfjs;

/// <summary>Converts a TensorFlow.js graph to ONNX, operator by operator, from the outputs back to the input.</summary>
/// <remarks>Values keep TensorFlow's layout (NHWC); operators that ONNX defines on NCHW get a transposition before and after, which ONNX
/// Runtime cancels out. What depends on constants alone is computed here. An operator that is not known is an error.</remarks>
public sealed partial class TfjsConversion
{
    private static readonly int[] ToNchw = [0, 3, 1, 2];
    private static readonly int[] ToNhwc = [0, 2, 3, 1];

    private readonly TfjsModel _model;
    private readonly OnnxGraph _graph;
    private readonly Dictionary<string, Value[]> _values = new(StringComparer.Ordinal);
    private readonly string _input;

    private readonly double _scale;

    private TfjsConversion(TfjsModel model, OnnxGraph graph, string input, double scale)
    {
        _scale = scale;
        _model = model;
        _graph = graph;
        _input = input;
    }

    /// <summary>Adds what the outputs need of a TensorFlow.js model to a graph.</summary>
    /// <param name="model">The model.</param>
    /// <param name="outputs">What is taken from it; the rest of the model is left out.</param>
    /// <param name="graph">The graph.</param>
    /// <param name="input">Name of the graph's input that takes the place of the model's.</param>
    /// <param name="scale">Width of the graph's input over that of the model's own, where they differ: maps are resized to sizes in proportion.</param>
    /// <exception cref="TfjsException">An operator, or the way it is used, is not known.</exception>
    public static void Convert(TfjsModel model, IEnumerable<TfjsOutput> outputs, OnnxGraph graph, string input, double scale = 1)
    {
        var conversion = new TfjsConversion(model, graph, input, scale);
        foreach (TfjsOutput output in outputs)
        {
            string taken = conversion.Name(conversion.Take(output.Node));
            graph.Add(
                output.IsMap ? "Transpose" : "Identity", [taken], output.Name, output.IsMap ? [OnnxAttribute.Of("perm", ToNchw)] : []);
            graph.Output(output.Name, output.Shape);
        }
    }

    private Value Take(string reference)
    {
        int colon = reference.LastIndexOf(':');
        string name = colon < 0 ? reference : reference[..colon];
        int number = colon < 0 ? 0 : int.Parse(reference[(colon + 1)..], System.Globalization.CultureInfo.InvariantCulture);
        if (!_values.TryGetValue(name, out Value[]? values))
        {
            TfjsNode node = _model.Nodes.GetValueOrDefault(name)
                ?? throw new TfjsException($"The graph has no node '{name}'. Check that this is the model that was asked for.");
            values = Emit(node);
            _values.Add(name, values);
        }

        return number < values.Length
            ? values[number]
            : throw new TfjsException($"The node '{name}' has {values.Length} outputs; output {number} is read.");
    }

    private Value[] Emit(TfjsNode node)
    {
        if (node.Operator == "Const")
        {
            return [_model.Weights.TryGetValue(node.Name, out OnnxTensor? weight)
                ? weight
                : throw new TfjsException($"The constant '{node.Name}' has no weights.")];
        }

        if (node.Operator == "Placeholder")
        {
            return [_input];
        }

        Value[] inputs = [.. node.Inputs.Select(Take)];
        if (inputs.Length > 0 && inputs.All(value => value.Constant is not null)
            && Fold(node, [.. inputs.Select(value => value.Constant!)]) is { } folded)
        {
            return [folded];
        }

        return Operator(node, inputs);
    }

    /// <summary>The name of a value in the graph; constants are added to it.</summary>
    private string Name(Value value) => value.Name ?? _graph.Constant(value.Constant!);

    /// <summary>The name of a value of floating-point numbers.</summary>
    private string Floats(Value value) => value.Name ?? _graph.Constant(value.Constant!.AsFloats());

    private static OnnxTensor Constant(TfjsNode node, Value value, string what) =>
        value.Constant ?? throw new TfjsException($"{node.Operator} '{node.Name}': its {what} is computed by the graph; only a constant is converted.");

    private static int[] Sizes(TfjsNode node, Value value, string what) =>
        [.. (Constant(node, value, what).Integers ?? throw new TfjsException($"{node.Operator} '{node.Name}': its {what} is not of integers."))
            .Select(size => (int)size)];

    /// <summary>What depends on constants alone; null where the operator is not one of those that are computed here.</summary>
    private static OnnxTensor? Fold(TfjsNode node, OnnxTensor[] inputs) => node.Operator switch
    {
        "Identity" => inputs[0],
        "Reshape" => inputs[0].Reshape(ShapeOf(inputs[0], inputs[1].Integers!)),
        "Transpose" => inputs[0].Transpose([.. inputs[1].Integers!.Select(i => (int)i)]),
        "ConcatV2" when inputs.All(input => input is { Integers: not null, Shape.Length: <= 1 }) =>
            OnnxTensor.List([.. inputs[..^1].SelectMany(input => input.Integers!)]),
        "Add" or "AddV2" when inputs.All(input => input.Integers is not null) && Same(inputs[0], inputs[1]) =>
            OnnxTensor.Of([.. inputs[0].Integers!.Zip(inputs[1].Integers!, (a, b) => a + b)], inputs[0].Shape),
        "SparseToDense" => Dense(node, inputs),
        _ => null,
    };

    private static bool Same(OnnxTensor a, OnnxTensor b) => a.Shape.AsSpan().SequenceEqual(b.Shape);

    private static int[] ShapeOf(OnnxTensor value, long[] wanted)
    {
        int length = value.Floats?.Length ?? value.Integers!.Length;
        long known = wanted.Where(size => size >= 0).Aggregate(1L, (product, size) => product * size);
        return [.. wanted.Select(size => (int)(size >= 0 ? size : length / Math.Max(1, known)))];
    }

    /// <summary>tf.sparse_to_dense: indices, shape, values, default.</summary>
    private static OnnxTensor Dense(TfjsNode node, OnnxTensor[] inputs)
    {
        if (inputs.Any(input => input.Integers is null))
        {
            throw new TfjsException($"SparseToDense '{node.Name}': only integers are converted.");
        }

        long[] shape = inputs[1].Integers!, values = inputs[2].Integers!, indices = inputs[0].Integers!;
        long[] dense = new long[shape.Aggregate(1L, (product, size) => product * size)];
        Array.Fill(dense, inputs[3].Integers![0]);
        int count = indices.Length / Math.Max(1, shape.Length);
        for (int i = 0; i < count; i++)
        {
            long at = 0;
            for (int d = 0; d < shape.Length; d++)
            {
                at = (at * shape[d]) + indices[(i * shape.Length) + d];
            }

            dense[at] = values.Length == 1 ? values[0] : values[i];
        }

        return OnnxTensor.Of(dense, [.. shape.Select(size => (int)size)]);
    }

    /// <summary>A value of the graph by name, or a constant that is not in the graph yet.</summary>
    private readonly record struct Value(string? Name, OnnxTensor? Constant)
    {
        public static implicit operator Value(string name) => new(name, null);

        public static implicit operator Value(OnnxTensor constant) => new(null, constant);
    }
}

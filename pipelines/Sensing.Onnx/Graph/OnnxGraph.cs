using System.Buffers.Binary;

namespace Sensing.Onnx.Graph;

/// <summary>A model in the making: nodes, constants, inputs and outputs, written as an ONNX file.</summary>
/// <remarks>Operator set 13, whose operators every ONNX Runtime since 1.8 has. Nodes must be added in an order in which each comes after those that it reads.
/// The numbers of messages and fields are those of onnx.proto3 (github.com/onnx/onnx).</remarks>
/// <param name="name">Name of the graph.</param>
public sealed class OnnxGraph(string name)
{
    private const int IrVersion = 7, OperatorSet = 13;
    private const int FloatType = 1, Int64Type = 7;

    private readonly List<(string Type, string[] Inputs, string[] Outputs, OnnxAttribute[] Attributes)> _nodes = [];
    private readonly List<(string Name, OnnxTensor Value)> _constants = [];
    private readonly List<(string Name, int[] Shape)> _inputs = [];
    private readonly List<(string Name, int[] Shape)> _outputs = [];
    private readonly SortedDictionary<string, string> _metadata = new(StringComparer.Ordinal);

    /// <summary>Number of nodes so far.</summary>
    public int Nodes => _nodes.Count;

    /// <summary>Adds an input of floating-point numbers.</summary>
    public string Input(string input, params int[] shape)
    {
        _inputs.Add((input, shape));
        return input;
    }

    /// <summary>Adds a constant; yields its name.</summary>
    public string Constant(OnnxTensor value)
    {
        string constant = $"c{_constants.Count}";
        _constants.Add((constant, value));
        return constant;
    }

    /// <summary>Adds a node with one output; yields the output's name.</summary>
    public string Add(string type, IEnumerable<string> inputs, string output, params OnnxAttribute[] attributes)
    {
        _nodes.Add((type, [.. inputs], [output], attributes));
        return output;
    }

    /// <summary>Adds a node with several outputs.</summary>
    public void Add(string type, IEnumerable<string> inputs, IEnumerable<string> outputs, params OnnxAttribute[] attributes) =>
        _nodes.Add((type, [.. inputs], [.. outputs], attributes));

    /// <summary>Names a value of floating-point numbers as an output.</summary>
    public void Output(string output, params int[] shape) => _outputs.Add((output, shape));

    /// <summary>Adds an entry to the model's metadata.</summary>
    public void Metadata(string key, string value) => _metadata[key] = value;

    /// <summary>The model as the bytes of a file. The same graph gives the same bytes.</summary>
    public byte[] ToArray()
    {
        var model = new ProtobufWriter();
        model.Integer(1, IrVersion);
        model.Text(2, "Sensing");
        model.Message(7, Graph);
        model.Message(8, set =>
        {
            set.Text(1, "");
            set.Integer(2, OperatorSet);
        });
        foreach ((string key, string value) in _metadata)
        {
            model.Message(14, entry =>
            {
                entry.Text(1, key);
                entry.Text(2, value);
            });
        }

        return model.ToArray();
    }

    private void Graph(ProtobufWriter graph)
    {
        for (int i = 0; i < _nodes.Count; i++)
        {
            int number = i;
            graph.Message(1, node => Node(node, number));
        }

        graph.Text(2, name);
        foreach ((string constant, OnnxTensor value) in _constants)
        {
            graph.Message(5, tensor => Tensor(tensor, constant, value));
        }

        foreach ((string input, int[] shape) in _inputs)
        {
            graph.Message(11, info => Value(info, input, shape));
        }

        foreach ((string output, int[] shape) in _outputs)
        {
            graph.Message(12, info => Value(info, output, shape));
        }
    }

    private void Node(ProtobufWriter node, int number)
    {
        (string type, string[] inputs, string[] outputs, OnnxAttribute[] attributes) = _nodes[number];
        foreach (string input in inputs)
        {
            node.Text(1, input);
        }

        foreach (string output in outputs)
        {
            node.Text(2, output);
        }

        node.Text(3, $"{type}_{number}");
        node.Text(4, type);
        foreach (OnnxAttribute attribute in attributes)
        {
            node.Message(5, message => Attribute(message, attribute));
        }
    }

    private static void Attribute(ProtobufWriter message, OnnxAttribute attribute)
    {
        const int Type = 20, OfFloat = 1, OfInteger = 2, OfText = 3, OfIntegers = 7;
        message.Text(1, attribute.Name);
        if (attribute.Number is { } number)
        {
            message.Float(2, number);
            message.Integer(Type, OfFloat);
        }
        else if (attribute.Whole is { } integer)
        {
            message.Integer(3, integer);
            message.Integer(Type, OfInteger);
        }
        else if (attribute.Text is { } text)
        {
            message.Text(4, text);
            message.Integer(Type, OfText);
        }
        else
        {
            foreach (long value in attribute.Integers ?? [])
            {
                message.Integer(8, value);
            }

            message.Integer(Type, OfIntegers);
        }
    }

    private static void Tensor(ProtobufWriter tensor, string constant, OnnxTensor value)
    {
        foreach (int size in value.Shape)
        {
            tensor.Integer(1, size);
        }

        tensor.Integer(2, value.Floats is null ? Int64Type : FloatType);
        tensor.Text(8, constant);
        byte[] raw;
        if (value.Floats is { } floats)
        {
            raw = new byte[4 * floats.Length];
            for (int i = 0; i < floats.Length; i++)
            {
                BinaryPrimitives.WriteSingleLittleEndian(raw.AsSpan(4 * i), floats[i]);
            }
        }
        else
        {
            long[] integers = value.Integers!;
            raw = new byte[8 * integers.Length];
            for (int i = 0; i < integers.Length; i++)
            {
                BinaryPrimitives.WriteInt64LittleEndian(raw.AsSpan(8 * i), integers[i]);
            }
        }

        tensor.Bytes(9, raw);
    }

    private static void Value(ProtobufWriter info, string value, int[] shape)
    {
        info.Text(1, value);
        info.Message(2, type => type.Message(1, tensor =>
        {
            tensor.Integer(1, FloatType);
            tensor.Message(2, dimensions =>
            {
                foreach (int size in shape)
                {
                    dimensions.Message(1, dimension => dimension.Integer(1, size));
                }
            });
        }));
    }
}

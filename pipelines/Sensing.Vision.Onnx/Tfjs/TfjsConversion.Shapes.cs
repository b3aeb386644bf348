using Sensing.Onnx.Graph;

namespace Sensing.Vision.Onnx.Tfjs;

/// <content>Operators that change shapes and types. Integers are 64 bits wide in the ONNX graph, as ArgMax and GatherND have them.</content>
public sealed partial class TfjsConversion
{
    private const int FloatType = 1, Int64Type = 7;

    private string Operand(TfjsNode node, Value value) => node.IsInteger("T") ? Name(value) : Floats(value);

    private IEnumerable<string> Operands(TfjsNode node, Value[] values) => [.. values.Select(value => Operand(node, value))];

    private string Division(TfjsNode node, Value[] inputs)
    {
        string quotient = node.Output + "/quotient";
        if (node.Operator == "RealDiv")
        {
            return _graph.Add("Div", Operands(node, inputs), node.Output);
        }

        if (!node.IsInteger("T"))
        {
            return _graph.Add("Floor", [_graph.Add("Div", Operands(node, inputs), quotient)], node.Output);
        }

        // ONNX truncates towards zero; the two agree where the remainder is 0 or has the divisor's sign.
        string[] operands = [.. Operands(node, inputs)];
        _graph.Add("Div", operands, quotient);
        string remainder = _graph.Add("Mod", operands, node.Output + "/remainder");
        string truncated = _graph.Add("Sub", [operands[0], _graph.Add("Mul", [quotient, operands[1]], node.Output + "/product")], node.Output + "/rest");

        // Mod has the divisor's sign: it differs from the rest of the truncated division by exactly the divisor where one is to be subtracted.
        string excess = _graph.Add("Div", [_graph.Add("Sub", [remainder, truncated], node.Output + "/excess"), operands[1]], node.Output + "/one");
        return _graph.Add("Sub", [quotient, excess], node.Output);
    }

    private Value Cast(TfjsNode node, Value input)
    {
        bool from = node.IsInteger("SrcT") && input.Name != _input, to = node.IsInteger("DstT");

        // The graph's input is of floating-point numbers, whatever the model's is.
        return from == to
            ? input
            : _graph.Add("Cast", [from ? Name(input) : Floats(input)], node.Output, OnnxAttribute.Of("to", to ? Int64Type : FloatType));
    }

    private string Pack(TfjsNode node, Value[] inputs)
    {
        int axis = node.Integer("axis") ?? 0;
        string[] parts = [.. inputs.Select((input, i) => Unsqueezed(Operand(node, input), axis, $"{node.Output}/part{i}"))];
        return _graph.Add("Concat", parts, node.Output, OnnxAttribute.Of("axis", axis));
    }

    private Value[] Unpack(TfjsNode node, Value input)
    {
        int axis = node.Integer("axis") ?? 0;
        int count = node.Integer("num") ?? throw new TfjsException($"Unpack '{node.Name}' does not say into how many.");
        string[] parts = [.. Enumerable.Range(0, count).Select(i => $"{node.Output}/part{i}")];
        _graph.Add(
            "Split", [Operand(node, input), Name(LongList([.. Enumerable.Repeat(1, count)]))], parts, OnnxAttribute.Of("axis", axis));
        return [.. parts.Select((part, i) => (Value)_graph.Add("Squeeze", [part, Name(OnnxTensor.List(axis))], $"{node.Output}/{i}"))];
    }

    private string Unsqueezed(string input, int axis, string output) =>
        _graph.Add("Unsqueeze", [input, Name(OnnxTensor.List(axis))], output);

    private static OnnxTensor LongList(int[] values) => OnnxTensor.List([.. values.Select(value => (long)value)]);
}

using Sensing.Onnx.Graph;

namespace Sensing.Vision.Onnx.Tfjs;

/// <content>The operators.</content>
public sealed partial class TfjsConversion
{
    /// <summary>What TensorFlow uses where a LeakyRelu does not say: tf.nn.leaky_relu.</summary>
    private const float DefaultLeak = 0.2f;

    private Value[] Operator(TfjsNode node, Value[] inputs)
    {
        string name = node.Output;
        switch (node.Operator)
        {
            case "Identity":
                return [inputs[0]];
            case "Conv2D" or "_FusedConv2D":
                return [Convolution(node, inputs, depthwise: false)];
            case "DepthwiseConv2dNative" or "FusedDepthwiseConv2dNative":
                return [Convolution(node, inputs, depthwise: true)];
            case "MaxPool" or "AvgPool":
                return [Pooling(node, inputs)];
            case "Add" or "AddV2" or "BiasAdd":
                return [_graph.Add("Add", Operands(node, inputs), name)];
            case "Sub" or "Mul" or "Sqrt":
                return [_graph.Add(node.Operator, Operands(node, inputs), name)];
            case "RealDiv" or "FloorDiv":
                return [Division(node, inputs)];
            case "SquaredDifference":
                string difference = _graph.Add("Sub", Operands(node, inputs), name + "/difference");
                return [_graph.Add("Mul", [difference, difference], name)];
            case "Relu" or "Relu6" or "LeakyRelu" or "Sigmoid":
                return [Activation(node, node.Operator, Floats(inputs[0]), name)];
            case "Transpose":
                return [Transposed(Floats(inputs[0]), Sizes(node, inputs[1], "order"), name)];
            case "Reshape":
                return [_graph.Add("Reshape", [Operand(node, inputs[0]), Name(LongList(Sizes(node, inputs[1], "shape")))], name)];
            case "ConcatV2":
                return
                [
                    _graph.Add("Concat", Operands(node, inputs[..^1]), name, OnnxAttribute.Of("axis", Sizes(node, inputs[^1], "axis")[0])),
                ];
            case "Mean":
                return
                [
                    _graph.Add("ReduceMean", [Floats(inputs[0])], name,
                        OnnxAttribute.Of("axes", Sizes(node, inputs[1], "axes")), OnnxAttribute.Of("keepdims", node.Flag("keep_dims") ? 1 : 0)),
                ];
            case "Pad" or "PadV2":
                return [Padding(node, inputs)];
            case "SplitV":
                return Split(node, inputs);
            case "ResizeBilinear":
                return [Resizing(node, inputs)];
            case "Cast":
                return [Cast(node, inputs[0])];
            case "ExpandDims":
                return [Unsqueezed(Operand(node, inputs[0]), Sizes(node, inputs[1], "axis")[0], name)];
            case "Squeeze":
                return [_graph.Add("Squeeze", [Operand(node, inputs[0]), Name(LongList(node.Integers("squeeze_dims")))], name)];
            case "Pack":
                return [Pack(node, inputs)];
            case "Unpack":
                return Unpack(node, inputs[0]);
            case "ArgMax":
                return
                [
                    _graph.Add("ArgMax", [Floats(inputs[0])], name,
                        OnnxAttribute.Of("axis", Sizes(node, inputs[1], "axis")[0]), OnnxAttribute.Of("keepdims", 0)),
                ];
            case "GatherNd":
                return [_graph.Add("GatherND", [Floats(inputs[0]), Name(inputs[1])], name)];
            default:
                throw new TfjsException(
                    $"The operator {node.Operator} of '{node.Name}' cannot be converted. Export the model without it, or to ONNX by its own framework.");
        }
    }

    private string Convolution(TfjsNode node, Value[] inputs, bool depthwise)
    {
        RequireNhwc(node);
        OnnxTensor filter = Constant(node, inputs[1], "filter");
        string[] fused = node.Texts("fused_ops");
        int groups = depthwise ? filter.Shape[2] : 1;

        // TensorFlow: height, width, inputs, outputs (depthwise: channels, multiplier). ONNX: outputs, inputs of a group, height, width.
        OnnxTensor weights = depthwise
            ? filter.Transpose([2, 3, 0, 1]).Reshape([filter.Shape[2] * filter.Shape[3], 1, filter.Shape[0], filter.Shape[1]])
            : filter.Transpose([3, 2, 0, 1]);
        int next = 2;
        List<string> operands = [Transposed(Floats(inputs[0]), ToNchw, node.Output + "/nchw"), Name(weights)];
        if (fused.Contains("BiasAdd"))
        {
            OnnxTensor bias = Constant(node, inputs[next++], "bias").AsFloats();
            operands.Add(Name(bias.Reshape([bias.Floats!.Length])));
        }

        int[] dilations = Spatial(node, "dilations");
        string found = _graph.Add(
            "Conv", operands, node.Output + "/conv",
            OnnxAttribute.Of("kernel_shape", filter.Shape[..2]), OnnxAttribute.Of("strides", Spatial(node, "strides")),
            OnnxAttribute.Of("dilations", dilations), OnnxAttribute.Of("group", groups), Border(node));
        foreach (string activation in fused.Where(step => step != "BiasAdd"))
        {
            found = Activation(node, activation, found, $"{node.Output}/{activation}");
        }

        return Transposed(found, ToNhwc, node.Output);
    }

    private string Pooling(TfjsNode node, Value[] inputs)
    {
        RequireNhwc(node);
        string pooled = _graph.Add(
            node.Operator == "MaxPool" ? "MaxPool" : "AveragePool", [Transposed(Floats(inputs[0]), ToNchw, node.Output + "/nchw")], node.Output + "/pool",
            OnnxAttribute.Of("kernel_shape", Spatial(node, "ksize")), OnnxAttribute.Of("strides", Spatial(node, "strides")), Border(node));
        return Transposed(pooled, ToNhwc, node.Output);
    }

    private string Activation(TfjsNode node, string activation, string input, string output) => activation switch
    {
        "Relu" or "Sigmoid" => _graph.Add(activation, [input], output),
        "Relu6" => _graph.Add("Clip", [input, Name(OnnxTensor.Of([0f])), Name(OnnxTensor.Of([6f]))], output),
        "LeakyRelu" => _graph.Add(
            "LeakyRelu", [input], output, OnnxAttribute.Of("alpha", node.Number("alpha") ?? node.Number("leakyrelu_alpha") ?? DefaultLeak)),
        _ => throw new TfjsException($"The activation {activation} of '{node.Name}' cannot be converted."),
    };

    private string Padding(TfjsNode node, Value[] inputs)
    {
        int[] pairs = Sizes(node, inputs[1], "paddings");
        int rank = pairs.Length / 2;
        long[] pads = [.. Enumerable.Range(0, 2 * rank).Select(i => (long)pairs[i < rank ? 2 * i : (2 * (i - rank)) + 1])];
        List<string> operands = [Floats(inputs[0]), Name(OnnxTensor.List(pads))];
        if (inputs.Length > 2)
        {
            operands.Add(Name(Constant(node, inputs[2], "value").AsFloats().Reshape([])));
        }

        return _graph.Add("Pad", operands, node.Output);
    }

    private Value[] Split(TfjsNode node, Value[] inputs)
    {
        int[] sizes = Sizes(node, inputs[1], "sizes");
        string[] parts = [.. Enumerable.Range(0, sizes.Length).Select(i => $"{node.Output}/part{i}")];
        _graph.Add(
            "Split", [Floats(inputs[0]), Name(OnnxTensor.List([.. sizes.Select(size => (long)size)]))], parts,
            OnnxAttribute.Of("axis", Sizes(node, inputs[2], "axis")[0]));
        return [.. parts.Select(part => (Value)part)];
    }

    private string Resizing(TfjsNode node, Value[] inputs)
    {
        int[] size = [.. Sizes(node, inputs[1], "size").Select(own => (int)Math.Round(own * _scale))];
        string mode = node.Flag("align_corners") ? "align_corners" : node.Flag("half_pixel_centers") ? "half_pixel" : "asymmetric";
        string input = Transposed(Floats(inputs[0]), ToNchw, node.Output + "/nchw");

        // ONNX asks for all four sizes: batch and channels are those of the input.
        string shape = _graph.Add("Shape", [input], node.Output + "/shape");
        string kept = _graph.Add("Slice", [shape, Name(OnnxTensor.List(0)), Name(OnnxTensor.List(2))], node.Output + "/kept");
        string sizes = _graph.Add(
            "Concat", [kept, Name(OnnxTensor.List(size[0], size[1]))], node.Output + "/sizes", OnnxAttribute.Of("axis", 0));
        string resized = _graph.Add(
            "Resize", [input, "", "", sizes], node.Output + "/resize",
            OnnxAttribute.Of("mode", "linear"), OnnxAttribute.Of("coordinate_transformation_mode", mode));
        return Transposed(resized, ToNhwc, node.Output);
    }

    private string Transposed(string input, int[] order, string output) =>
        _graph.Add("Transpose", [input], output, OnnxAttribute.Of("perm", order));

    private static void RequireNhwc(TfjsNode node)
    {
        if (node.Text("data_format") is { Length: > 0 } layout and not "NHWC")
        {
            throw new TfjsException($"{node.Operator} '{node.Name}' has the layout {layout}; only NHWC is converted.");
        }
    }

    /// <summary>Height and width of an attribute that has batch and channels too; 1 where it is absent.</summary>
    private static int[] Spatial(TfjsNode node, string attribute) => node.Integers(attribute) is { Length: 4 } all ? all[1..3] : [1, 1];

    private static OnnxAttribute Border(TfjsNode node) => OnnxAttribute.Of("auto_pad", node.Text("padding") switch
    {
        // Both put the odd pixel at the end.
        "SAME" => "SAME_UPPER",
        "VALID" => "VALID",
        { } other => throw new TfjsException($"{node.Operator} '{node.Name}' has the padding {other}; SAME and VALID are converted."),
        null => throw new TfjsException($"{node.Operator} '{node.Name}' has no padding."),
    });
}

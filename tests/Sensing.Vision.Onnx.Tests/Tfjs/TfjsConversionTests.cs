using CsCheck;
using Sensing.Onnx.Graph;
using Sensing.Vision.Onnx.Tfjs;
using Xunit;

namespace Sensing.Vision.Onnx.Tests.Tfjs;

/// <summary>Small graphs, converted and run in ONNX Runtime, against direct computations in TensorFlow's layout.</summary>
public sealed class TfjsConversionTests
{
    private const int Height = 5, Width = 6, Channels = 2;

    private static readonly float[] Picture = [.. Enumerable.Range(0, Height * Width * Channels).Select(i => MathF.Sin(i * 1.7f))];

    [Theory]
    [InlineData("SAME", 1)]
    [InlineData("SAME", 2)]
    [InlineData("VALID", 1)]
    [InlineData("VALID", 2)]
    public void A_convolution_with_bias_and_activation(string padding, int stride) => Gen.Float[-1, 1].Array[(3 * 3 * Channels * 3) + 3].Sample(
        numbers =>
        {
            float[] filter = numbers[..^3], bias = numbers[^3..];
            float[] found = Run(Begin().Floats("w", [3, 3, Channels, 3], filter).Floats("b", [3], bias)
                .Node("out", "_FusedConv2D", ["x", "w", "b"], GraphModelBuilder.Text("padding", padding), GraphModelBuilder.Text("data_format", "NHWC"),
                    GraphModelBuilder.Integers("strides", 1, stride, stride, 1), GraphModelBuilder.Texts("fused_ops", "BiasAdd", "Relu6")));
            float[] expected = Convolve(filter, 3, stride, padding == "SAME", (sum, channel) => Math.Clamp(sum + bias[channel], 0, 6), depthwise: false);
            AssertClose(expected, found);
        },
        iter: 5, threads: 1);

    [Fact]
    public void A_depthwise_convolution_of_half_precision_weights()
    {
        float[] filter = [.. Enumerable.Range(0, 18).Select(i => i / 8f)];
        float[] found = Run(Begin().Halves("w", [3, 3, Channels, 1], filter)
            .Node("out", "DepthwiseConv2dNative", ["x", "w"], GraphModelBuilder.Text("padding", "SAME"), GraphModelBuilder.Integers("strides", 1, 1, 1, 1)));
        AssertClose(Convolve(filter, Channels, 1, same: true, (sum, _) => sum, depthwise: true), found);
    }

    [Fact]
    public void Elements_and_constants_of_eight_bits()
    {
        float[] found = Run(Begin().Bytes("c", [2], 0.5, -1, 0, 6)
            .Node("scaled", "Mul", ["x", "c"]).Node("sum", "AddV2", ["scaled", "x"])
            .Node("out", "LeakyRelu", ["sum"], GraphModelBuilder.Number("alpha", 0.1f)), 1, Height, Width * Channels);

        // The constants are −1 and 2; each is added to 1.
        float[] factors = [0, 3];
        AssertClose([.. Picture.Select((value, i) => Leaky(value * factors[i % 2]))], found);

        static float Leaky(float sum) => sum > 0 ? sum : 0.1f * sum;
    }

    [Fact]
    public void Padding_pooling_transposing_splitting_and_joining()
    {
        float[] found = Run(
            Begin().Integers("p", [4, 2], 0, 0, 1, 0, 0, 0, 0, 0).Floats("low", [], -9).Node("padded", "PadV2", ["x", "p", "low"])
                .Node("pooled", "MaxPool", ["padded"], GraphModelBuilder.Text("padding", "VALID"),
                    GraphModelBuilder.Integers("ksize", 1, 2, 1, 1), GraphModelBuilder.Integers("strides", 1, 1, 1, 1))
                .Integers("sizes", [2], 1, 1).Integers("axis", [], 3)
                .Node("parts", "SplitV", ["pooled", "sizes", "axis"])
                .Node("swapped", "ConcatV2", ["parts:1", "parts", "axis"])
                .Integers("shape", [3], 1, -1, 2).Node("out", "Reshape", ["swapped", "shape"]),
            1, Height * Width, Channels);
        float[] expected = new float[Picture.Length];
        for (int y = 0; y < Height; y++)
        {
            for (int x = 0; x < Width; x++)
            {
                for (int c = 0; c < Channels; c++)
                {
                    expected[(((y * Width) + x) * Channels) + 1 - c] = Math.Max(At(y, x, c), y == 0 ? -9 : At(y - 1, x, c));
                }
            }
        }

        AssertClose(expected, found);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_bilinear_enlargement(bool halfPixel)
    {
        float[] found = Run(Begin().Integers("size", [2], 2 * Height, 2 * Width)
            .Node("out", "ResizeBilinear", ["x", "size"], GraphModelBuilder.Flag("half_pixel_centers", halfPixel)));
        var expected = new float[2 * Height * 2 * Width * Channels];

        // The output is a map: its channels come first.
        for (int c = 0; c < Channels; c++)
        {
            for (int y = 0; y < 2 * Height; y++)
            {
                for (int x = 0; x < 2 * Width; x++)
                {
                    double sy = halfPixel ? ((y + 0.5) / 2) - 0.5 : y / 2.0, sx = halfPixel ? ((x + 0.5) / 2) - 0.5 : x / 2.0;
                    expected[(((c * 2 * Height) + y) * 2 * Width) + x] = Bilinear(Math.Max(0, sy), Math.Max(0, sx), c);
                }
            }
        }

        AssertClose(expected, found);
    }

    [Fact]
    public void A_map_is_resized_in_proportion_to_an_input_of_another_size() => AssertClose(
        Run(Enlarged(2)),
        Scaled(Enlarged(4), 0.5));

    [Fact]
    public void What_depends_on_constants_alone_is_computed()
    {
        // A shape that onnx-tf writes: [1, −1] + sparse zeros, as nanodet has it.
        float[] found = Run(
            Begin().Integers("indices", [0, 1]).Integers("length", [1], 2).Integers("values", [0]).Integers("zero", [], 0)
                .Node("dense", "SparseToDense", ["indices", "length", "values", "zero"])
                .Integers("wanted", [2], 1, -1).Node("shape", "AddV2", ["wanted", "dense"]).Node("out", "Reshape", ["x", "shape"]),
            1, Picture.Length);
        AssertClose(Picture, found);
    }

    [Theory]
    [InlineData(3)]
    [InlineData(-3)]
    [InlineData(7)]
    public void Integers_are_divided_down(int divisor)
    {
        float[] found = Run(
            Begin().Floats("ten", [], 10).Integers("by", [], divisor).Node("scaled", "Mul", ["x", "ten"])
                .Node("whole", "Cast", ["scaled"], GraphModelBuilder.Type("SrcT", "DT_FLOAT"), GraphModelBuilder.Type("DstT", "DT_INT32"))
                .Node("quotient", "FloorDiv", ["whole", "by"], GraphModelBuilder.Type("T", "DT_INT32"))
                .Node("out", "Cast", ["quotient"], GraphModelBuilder.Type("SrcT", "DT_INT32"), GraphModelBuilder.Type("DstT", "DT_FLOAT")),
            1, Channels, Height, Width);
        AssertClose([.. Picture.Select(value => MathF.Floor((float)(int)(10 * value) / divisor))], ChannelsLast(found));
    }

    [Fact]
    public void The_value_at_each_channel_s_highest_pixel()
    {
        // As MoveNet reads its heatmaps: where each channel is highest, then the values there.
        float[] found = Run(
            Begin().Integers("list", [3], 1, -1, Channels).Integers("one", [], 1).Integers("flat", [2], -1, 1)
                .Integers("zero", [], 0).Integers("channels", [2, 1], 0, 1)
                .Node("pixels", "Reshape", ["x", "list"])
                .Node("highest", "ArgMax", ["pixels", "one"], GraphModelBuilder.Type("T", "DT_FLOAT"))
                .Node("column", "Squeeze", ["highest"], GraphModelBuilder.Type("T", "DT_INT32"), GraphModelBuilder.Integers("squeeze_dims", 0))
                .Node("at", "Reshape", ["column", "flat"], GraphModelBuilder.Type("T", "DT_INT32"))
                .Node("places", "ConcatV2", ["at", "channels", "one"], GraphModelBuilder.Type("T", "DT_INT32"))
                .Node("only", "Unpack", ["pixels"], GraphModelBuilder.Integer("num", 1), GraphModelBuilder.Integer("axis", 0))
                .Node("values", "GatherNd", ["only", "places"])
                .Node("row", "ExpandDims", ["values", "zero"])
                .Node("pair", "Pack", ["row", "row"], GraphModelBuilder.Integer("axis", 2))
                .Node("out", "SquaredDifference", ["pair", "row"]),
            1, Channels, Channels);
        float[] most = [.. Enumerable.Range(0, Channels).Select(c => Picture.Where((_, i) => i % Channels == c).Max())];

        // pair[0, i, j] is the value of channel i; row[0, j] that of channel j.
        AssertClose([.. most.SelectMany(a => most.Select(b => (a - b) * (a - b)))], found);
    }

    [Fact]
    public void An_unknown_operator_is_named()
    {
        TfjsException error = Assert.Throws<TfjsException>(() => Run(Begin().Node("out", "Fft", ["x"])));
        Assert.Contains("Fft of 'out'", error.Message);
        Assert.Contains("'missing'", Assert.Throws<TfjsException>(() => Run(Begin().Node("out", "Relu", ["missing"]))).Message);
    }

    [Fact]
    public void Weights_of_another_length_are_refused()
    {
        GraphModelBuilder model = Begin().Floats("w", [2], 1, 2);
        Assert.Contains("within 'w'", Assert.Throws<TfjsException>(() => TfjsModel.Read(model.Json(), _ => model.Weights.AsMemory()[..^1])).Message);
        Assert.Contains("1 bytes follow", Assert.Throws<TfjsException>(() => TfjsModel.Read(model.Json(), _ => (byte[])[.. model.Weights, 0])).Message);
        Assert.Contains("not a TensorFlow.js", Assert.Throws<TfjsException>(() => TfjsModel.Read("{}"u8.ToArray(), _ => default)).Message);
    }

    private static GraphModelBuilder Enlarged(int factor) => Begin().Integers("size", [2], factor * Height, factor * Width)
        .Node("out", "ResizeBilinear", ["x", "size"], GraphModelBuilder.Flag("half_pixel_centers", true));

    private static GraphModelBuilder Begin() => new GraphModelBuilder().Node("x", "Placeholder", []);

    /// <summary>Runs the node 'out'; maps come back with their channels first unless a shape is given.</summary>
    private static float[] Run(GraphModelBuilder model, params int[] shape) => Scaled(model, 1, shape);

    private static float[] Scaled(GraphModelBuilder model, double scale, params int[] shape)
    {
        var graph = new OnnxGraph("test");
        string input = graph.Input("input", 1, Height, Width, Channels);

        bool map = shape.Length == 0;
        TfjsConversion.Convert(model.Read(), [new TfjsOutput("out", "result", map ? [1, -1, -1, -1] : shape)], graph, input, scale);
        return OnnxRun.Of(graph, Picture, 1, Height, Width, Channels)[0];
    }

    /// <summary>Four dimensions come back with the last one first.</summary>
    private static float[] ChannelsLast(float[] map)
    {
        float[] picture = new float[map.Length];
        for (int i = 0; i < map.Length; i++)
        {
            picture[(i % (Height * Width) * Channels) + (i / (Height * Width))] = map[i];
        }

        return picture;
    }

    private static float At(int y, int x, int c) => Picture[(((y * Width) + x) * Channels) + c];

    private static float Bilinear(double y, double x, int c)
    {
        int y0 = (int)y, x0 = (int)x, y1 = Math.Min(y0 + 1, Height - 1), x1 = Math.Min(x0 + 1, Width - 1);
        double fy = y - y0, fx = x - x0;
        return (float)(((1 - fy) * (((1 - fx) * At(y0, x0, c)) + (fx * At(y0, x1, c)))) + (fy * (((1 - fx) * At(y1, x0, c)) + (fx * At(y1, x1, c)))));
    }

    /// <summary>A convolution by its definition; the result with its channels first.</summary>
    private static float[] Convolve(float[] filter, int outputs, int stride, bool same, Func<float, int, float> after, bool depthwise)
    {
        int height = same ? (Height + stride - 1) / stride : ((Height - 3) / stride) + 1, width = same ? (Width + stride - 1) / stride : ((Width - 3) / stride) + 1;
        int top = same ? Math.Max(0, ((height - 1) * stride) + 3 - Height) / 2 : 0, left = same ? Math.Max(0, ((width - 1) * stride) + 3 - Width) / 2 : 0;
        var found = new float[outputs * height * width];
        for (int o = 0; o < outputs; o++)
        {
            for (int y = 0; y < height; y++)
            {
                for (int x = 0; x < width; x++)
                {
                    float sum = 0;
                    for (int k = 0; k < 9 * Channels; k++)
                    {
                        (int dy, int dx, int c) = (k / Channels / 3, k / Channels % 3, k % Channels);
                        (int sy, int sx) = ((y * stride) + dy - top, (x * stride) + dx - left);
                        bool inside = sy >= 0 && sy < Height && sx >= 0 && sx < Width && (!depthwise || c == o);
                        sum += inside ? At(sy, sx, c) * filter[depthwise ? k : (k * outputs) + o] : 0;
                    }

                    found[(((o * height) + y) * width) + x] = after(sum, o);
                }
            }
        }

        return found;
    }

    private static void AssertClose(float[] expected, float[] found)
    {
        Assert.Equal(expected.Length, found.Length);
        Assert.All(expected.Zip(found), pair => Assert.Equal(pair.First, pair.Second, 1e-4));
    }
}

using System.Globalization;
using Sensing.Marine.Impacts.Features;
using Sensing.Marine.Impacts.Learning;
using Sensing.Onnx.Graph;

namespace Sensing.Marine.Impacts.Models;

/// <summary>Writes a classifier as an ONNX file: features in, probabilities out.</summary>
public static class NetworkFile
{
    public const string Input = "features";
    public const string Output = "probabilities";
    public const string ClassesKey = "sensing.classes";
    public const string FeaturesKey = "sensing.features";

    /// <summary>The bytes of the file. The same classifier gives the same bytes.</summary>
    /// <param name="network">The classifier.</param>
    /// <param name="origin">How it was made, for people: data, seed, figures.</param>
    public static byte[] Write(ImpactNetwork network, string origin)
    {
        int features = network.Mean.Length, units = network.HiddenBias.Length, classes = network.Classes.Count;
        var graph = new OnnxGraph("impacts");
        string input = graph.Input(Input, 1, features);
        string centred = graph.Add("Sub", [input, Row(network.Mean)], "centred");
        string scaled = graph.Add("Mul", [centred, Row(network.Scale)], "scaled");
        string cut = graph.Add("Clip", [scaled, Single(-ImpactNetwork.Cut), Single(ImpactNetwork.Cut)], "cut");
        string first = graph.Add("Gemm", [cut, Matrix(network.Hidden, features, units), Row(network.HiddenBias)], "first");
        string hidden = graph.Add("Tanh", [first], "hidden");
        string scores = graph.Add("Gemm", [hidden, Matrix(network.Output, units, classes), Row(network.OutputBias)], "scores");
        string warm = graph.Add("Mul", [scores, Single(1 / network.Temperature)], "warm");
        graph.Output(graph.Add("Softmax", [warm], Output, OnnxAttribute.Of("axis", 1)), 1, classes);
        graph.Metadata(ClassesKey, string.Join(',', network.Classes));
        graph.Metadata(FeaturesKey, WindowFeatures.Version + " " + features.ToString(CultureInfo.InvariantCulture));
        graph.Metadata("sensing.origin", origin);
        return graph.ToArray();

        string Row(float[] values) => graph.Constant(OnnxTensor.Of(values, 1, values.Length));
        string Matrix(float[] values, int rows, int columns) => graph.Constant(OnnxTensor.Of(values, rows, columns));
        string Single(float value) => graph.Constant(OnnxTensor.Of([value]));
    }
}

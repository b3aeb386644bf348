using Sensing.Vision.Onnx.Detection;
using Sensing.Onnx.Graph;

namespace Sensing.Vision.Onnx.Tests.Detection;

/// <summary>A model whose outputs are constants, whatever it sees.</summary>
internal static class TinyModel
{
    public static byte[] Of(int width, int height, params (string Name, float[] Values, int[] Shape)[] outputs) => Of(width, height, null, outputs);

    public static byte[] Of(int width, int height, (string Key, string Value)? metadata, params (string Name, float[] Values, int[] Shape)[] outputs)
    {
        var graph = new OnnxGraph("tiny");
        string input = graph.Input("images", 1, 3, height, width);

        // The input is read, so that no runtime removes it, and counts for nothing.
        string mean = graph.Add("ReduceMean", [input], "mean", OnnxAttribute.Of("keepdims", 0));
        string nothing = graph.Add("Mul", [mean, graph.Constant(OnnxTensor.Of([0f]))], "nothing");
        foreach ((string name, float[] values, int[] shape) in outputs)
        {
            graph.Add("Add", [graph.Constant(OnnxTensor.Of(values, shape)), nothing], name);
            graph.Output(name, shape);
        }

        if (metadata is { } entry)
        {
            graph.Metadata(entry.Key, entry.Value);
        }

        return graph.ToArray();
    }

    public static ObjectDetector Detector(byte[] model, DetectorHead head, int classes, DetectorThresholds? thresholds = null) => new(
        "tiny 1.0.0", model,
        _ => DetectorSettings.Of(head) with { Classes = [.. Enumerable.Range(0, classes).Select(i => $"class{i}")] },
        thresholds ?? new DetectorThresholds());
}

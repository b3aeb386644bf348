using Microsoft.ML.OnnxRuntime;
using Sensing.Onnx.Graph;

namespace Sensing.Vision.Onnx.Tests;

/// <summary>Runs a graph in ONNX Runtime.</summary>
internal static class OnnxRun
{
    /// <summary>The outputs of a graph with one input, in their order.</summary>
    public static float[][] Of(OnnxGraph graph, float[] input, params long[] shape) => Of(graph.ToArray(), input, shape);

    public static float[][] Of(byte[] model, float[] input, params long[] shape)
    {
        using var session = new InferenceSession(model);
        using OrtValue value = OrtValue.CreateTensorValueFromMemory(input, shape);
        using var run = new RunOptions();
        using IDisposableReadOnlyCollection<OrtValue> outputs = session.Run(run, session.InputNames, [value], session.OutputNames);
        return [.. outputs.Select(output => output.GetTensorDataAsSpan<float>().ToArray())];
    }
}

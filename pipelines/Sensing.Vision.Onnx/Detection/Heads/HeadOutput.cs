using Microsoft.ML.OnnxRuntime;

namespace Sensing.Vision.Onnx.Detection.Heads;

/// <summary>An output of a model after a run; valid until its values are disposed.</summary>
/// <param name="Shape">Size of each dimension.</param>
/// <param name="Value">The runtime's value.</param>
internal readonly record struct HeadOutput(long[] Shape, OrtValue Value)
{
    public ReadOnlySpan<float> Numbers => Value.GetTensorDataAsSpan<float>();
}

using Microsoft.ML.OnnxRuntime;
using Sensing.Models;
using Sensing.Onnx;

namespace Sensing.Vision.Onnx.Detection;

/// <summary>Opens models for the processor.</summary>
internal static class OnnxSession
{
    /// <exception cref="ModelException">It is not an ONNX model that this runtime reads.</exception>
    /// <exception cref="PlatformNotSupportedException">ONNX Runtime's native library cannot be loaded.</exception>
    public static InferenceSession Open(string name, ReadOnlyMemory<byte> model, int threads)
    {
        OnnxLibrary.Require();
        using var options = new SessionOptions
        {
            IntraOpNumThreads = threads,
            InterOpNumThreads = 1,
            GraphOptimizationLevel = GraphOptimizationLevel.ORT_ENABLE_ALL,
            LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL,
        };

        // Threads that wait for work must not take a core from the camera.
        options.AddSessionConfigEntry("session.intra_op.allow_spinning", "0");
        try
        {
            return new InferenceSession(model.ToArray(), options);
        }
        catch (OnnxRuntimeException error)
        {
            throw new ModelException(
                name, $"ONNX Runtime cannot load it: {error.Message.ReplaceLineEndings(" ")}", "Export it to ONNX again, with operator set 21 or older.", error);
        }
    }
}

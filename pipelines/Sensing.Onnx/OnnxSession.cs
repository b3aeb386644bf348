using Microsoft.ML.OnnxRuntime;
using Sensing.Models;

namespace Sensing.Onnx;

/// <summary>Opens models for the processor.</summary>
public static class OnnxSession
{
    /// <param name="name">Name of the model, for errors.</param>
    /// <param name="model">Bytes of the ONNX file.</param>
    /// <param name="remedy">What to do with a file that cannot be loaded.</param>
    /// <param name="threads">Threads that a run uses, at least 1.</param>
    /// <exception cref="ModelException">It is not an ONNX model that this runtime reads.</exception>
    /// <exception cref="PlatformNotSupportedException">ONNX Runtime's native library cannot be loaded.</exception>
    public static InferenceSession Open(string name, ReadOnlyMemory<byte> model, string remedy, int threads = 1)
    {
        OnnxLibrary.Require();
        using var options = new SessionOptions
        {
            IntraOpNumThreads = threads,
            InterOpNumThreads = 1,
            GraphOptimizationLevel = GraphOptimizationLevel.ORT_ENABLE_ALL,
            LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL,
        };

        // Threads that wait for work must not take a core from the sensors.
        options.AddSessionConfigEntry("session.intra_op.allow_spinning", "0");
        try
        {
            return new InferenceSession(model.ToArray(), options);
        }
        catch (OnnxRuntimeException error)
        {
            throw new ModelException(name, $"ONNX Runtime cannot load it: {error.Message.ReplaceLineEndings(" ")}", remedy, error);
        }
    }
}

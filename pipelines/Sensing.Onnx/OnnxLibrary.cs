using Microsoft.ML.OnnxRuntime;

namespace Sensing.Onnx;

/// <summary>The native library of ONNX Runtime, which programs that run models bring.</summary>
public static class OnnxLibrary
{
    private static readonly Lazy<string?> Loaded = new(Try);

    /// <summary>Why it cannot be used on this machine; null if it can. The first call loads it.</summary>
    public static string? Problem => Loaded.Value;

    /// <summary>Checks that it can be used.</summary>
    /// <exception cref="PlatformNotSupportedException">It is not there, or one of the libraries it needs is not.</exception>
    public static void Require()
    {
        if (Problem is { } problem)
        {
            throw new PlatformNotSupportedException(
                $"ONNX Runtime's native library cannot be loaded ({problem}). Put libonnxruntime.so for this platform beside the program, "
                + "as the published node has it, or remove the model from the stream's options.");
        }
    }

    private static string? Try()
    {
        try
        {
            _ = OrtEnv.Instance();
            return null;
        }
        catch (Exception error) when (error is DllNotFoundException or TypeInitializationException or BadImageFormatException or EntryPointNotFoundException)
        {
            return (error.InnerException ?? error).Message.ReplaceLineEndings(" ");
        }
    }
}

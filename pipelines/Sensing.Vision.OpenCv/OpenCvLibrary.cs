using OpenCvSharp;

namespace Sensing.Vision.OpenCv;

/// <summary>The native library of OpenCV, which is not part of the product.</summary>
public static class OpenCvLibrary
{
    /// <summary>Why it cannot be used on this machine; null if it can.</summary>
    public static string? Problem { get; } = Try();

    /// <summary>Checks that it can be used.</summary>
    /// <exception cref="PlatformNotSupportedException">It is not installed, or one of the libraries it needs is not.</exception>
    public static void Require()
    {
        if (Problem is { } problem)
        {
            throw new PlatformNotSupportedException(
                $"OpenCV's native library cannot be loaded ({problem}). Install libOpenCvSharpExtern for this platform and GTK, which it needs "
                + "(apt-get install libgtk2.0-0), or use the built-in background model, which needs neither.");
        }
    }

    private static string? Try()
    {
        try
        {
            _ = Cv2.GetVersionString();
            return null;
        }
        catch (Exception error) when (error is DllNotFoundException or TypeInitializationException or BadImageFormatException or EntryPointNotFoundException)
        {
            return (error.InnerException ?? error).Message.ReplaceLineEndings(" ");
        }
    }
}

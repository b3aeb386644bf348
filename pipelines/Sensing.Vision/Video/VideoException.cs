namespace Sensing.Vision.Video;

/// <summary>A video cannot be written.</summary>
public sealed class VideoException(string message, Exception? inner = null) : Exception(message, inner);

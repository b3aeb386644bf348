using Sensing.Configuration;

namespace Sensing.Vision.Sources;

/// <summary>A camera that sends JPEG pictures over HTTP.</summary>
public sealed record MjpegSourceOptions : LiveCameraOptions
{
    [Option("Address, with user name and password if the camera asks for them; both are kept out of logs and notices.",
        Required = true, Pattern = "https?://[^\\s]+", PatternMeaning = "http://host/path", Example = "\"http://camera.example/video.mjpg\"")]
    public string Url { get; init; } = "";
}

using Sensing.Configuration;

namespace Sensing.Vision.Sources;

/// <summary>A camera over RTSP.</summary>
public sealed record RtspSourceOptions : LiveCameraOptions
{
    [Option("Address, with user name and password if the camera asks for them; both are kept out of logs and notices.",
        Required = true, Pattern = "rtsps?://[^\\s]+", PatternMeaning = "rtsp://host/path", Example = "\"rtsp://user:password@camera.example:554/stream1\"")]
    public string Url { get; init; } = "";

    [Option("How pictures travel: tcp loses none, udp has a shorter delay on a good network.")]
    public RtspTransport Transport { get; init; } = RtspTransport.Tcp;

    [Option("Attach the sound, where the camera has a microphone.")]
    public bool Audio { get; init; } = true;
}

/// <summary>How pictures travel.</summary>
public enum RtspTransport
{
    Tcp,
    Udp,
}

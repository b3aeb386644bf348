namespace Sensing.Vision.Sources.Ffmpeg;

/// <summary>An input's pictures and sound.</summary>
/// <param name="Width">Width of the pictures as they are shown, pixels.</param>
/// <param name="Height">Height of the pictures as they are shown.</param>
internal sealed record MediaInfo(int Width, int Height)
{
    public int VideoIndex { get; init; }

    /// <summary>Null: there is no sound.</summary>
    public int? AudioIndex { get; init; }

    public string Codec { get; init; } = "";

    /// <summary>FFmpeg's name of the container.</summary>
    public string Format { get; init; } = "";

    /// <summary>Time of the input's first picture or sound in its own clock.</summary>
    public TimeSpan Start { get; init; }

    /// <summary>Length as the header says; null: unknown.</summary>
    public TimeSpan? Duration { get; init; }

    /// <summary>Mean time between pictures as the header says; null: unknown.</summary>
    public TimeSpan? FrameInterval { get; init; }

    /// <summary>When it was recorded, if the file says so.</summary>
    public DateTimeOffset? Created { get; init; }
}

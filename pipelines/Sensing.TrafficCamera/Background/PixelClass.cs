namespace Sensing.TrafficCamera.Background;

/// <summary>What a pixel of a <see cref="ForegroundMask"/> shows.</summary>
public static class PixelClass
{
    /// <summary>The empty scene: road, verge, sky.</summary>
    public const byte Road = 0;

    /// <summary>Road under a moving cast shadow.</summary>
    public const byte Shadow = 50;

    /// <summary>A vehicle, or anything else that does not belong to the empty scene.</summary>
    public const byte Vehicle = 255;
}

namespace Sensing.TrafficCamera.Background;

/// <summary>How far the picture has moved against the background because the camera shakes or sways.</summary>
/// <param name="X">Pixels of the frame, positive to the right: what the background has at x is in the frame at x + X.</param>
/// <param name="Y">Pixels of the frame, positive downwards.</param>
/// <param name="Confidence">0…1: share of the picture's structured blocks that agree.</param>
public readonly record struct GlobalMotion(double X, double Y, double Confidence)
{
    /// <summary>No motion, as of a camera that stands still.</summary>
    public static GlobalMotion None => new(0, 0, 1);

    /// <summary>Length of the shift, pixels.</summary>
    public double Length => Math.Sqrt((X * X) + (Y * Y));
}

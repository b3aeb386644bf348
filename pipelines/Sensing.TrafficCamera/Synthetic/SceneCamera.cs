using System.Numerics;

namespace Sensing.TrafficCamera.Synthetic;

/// <summary>A pinhole camera on a mast. World: x to the right, y along the road away from the camera, z up, metres; the
/// foot of the mast is at (<c>x</c>, 0, 0).</summary>
public sealed class SceneCamera
{
    /// <summary>Nothing nearer than this is drawn, m.</summary>
    internal const float NearestM = 0.6f;

    private readonly Vector3 _right;
    private readonly Vector3 _down;
    private readonly Vector3 _forward;

    /// <param name="width">Width of the picture, pixels.</param>
    /// <param name="height">Height of the picture, pixels.</param>
    /// <param name="focalPx">Focal length, pixels.</param>
    /// <param name="xM">Place of the mast across the road.</param>
    /// <param name="heightM">Height over the road.</param>
    /// <param name="pitchDegrees">Angle below the horizon.</param>
    /// <param name="yawDegrees">Angle to the right of the road's direction.</param>
    public SceneCamera(
        int width, int height, double focalPx, double xM, double heightM, double pitchDegrees, double yawDegrees)
    {
        Width = width;
        Height = height;
        FocalPx = (float)focalPx;
        Position = new Vector3((float)xM, 0, (float)heightM);
        (double pitchSin, double pitchCos) = Math.SinCos(pitchDegrees * Math.PI / 180);
        (double yawSin, double yawCos) = Math.SinCos(yawDegrees * Math.PI / 180);
        _forward = new Vector3((float)(yawSin * pitchCos), (float)(yawCos * pitchCos), (float)-pitchSin);
        _right = new Vector3((float)yawCos, (float)-yawSin, 0);
        _down = Vector3.Cross(_forward, _right);
    }

    /// <summary>The camera of a scene.</summary>
    public static SceneCamera Of(SceneOptions options) => new(
        options.Width, options.Height, options.FocalLength * options.Width, options.CameraOffsetM,
        options.CameraHeightM, options.PitchDegrees, options.YawDegrees);

    public int Width { get; }

    public int Height { get; }

    public float FocalPx { get; }

    public Vector3 Position { get; }

    /// <summary>A point in the camera's axes: right, down, depth, m.</summary>
    public Vector3 ToCamera(Vector3 point)
    {
        Vector3 d = point - Position;
        return new Vector3(Vector3.Dot(d, _right), Vector3.Dot(d, _down), Vector3.Dot(d, _forward));
    }

    /// <summary>Pixel of a point in the camera's axes.</summary>
    public Vector2 ToPixel(Vector3 camera) => new(
        (Width / 2f) + (FocalPx * camera.X / camera.Z), (Height / 2f) + (FocalPx * camera.Y / camera.Z));

    /// <summary>Pixel of a point before the camera; x to the right, y down, (0, 0) is the upper left corner of the first pixel.</summary>
    public Vector2 Project(Vector3 point) => ToPixel(ToCamera(point));

    /// <summary>Direction of the ray through a place of the picture, in the world, not normalised.</summary>
    public Vector3 Ray(float x, float y) =>
        (_forward * FocalPx) + (_right * (x - (Width / 2f))) + (_down * (y - (Height / 2f)));
}

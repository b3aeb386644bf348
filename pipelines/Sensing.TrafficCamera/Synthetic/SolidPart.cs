using System.Numerics;

namespace Sensing.TrafficCamera.Synthetic;

/// <summary>A piece of a vehicle: a box whose top may be smaller. Along: from the vehicle's middle to its front, m.</summary>
internal readonly record struct SolidPart(
    float Rear, float Front, float HalfWidth, float Low, float RearTop, float FrontTop, float HalfWidthTop, float High, Rgb Paint)
{
    /// <summary>Glass, as shares of a face: none where 0.</summary>
    public float GlassSides { get; init; }

    public float GlassFront { get; init; }

    public float GlassRear { get; init; }

    /// <summary>A box.</summary>
    public static SolidPart Box(float rear, float front, float width, float low, float high, Rgb paint) =>
        new(rear, front, width / 2, low, rear, front, width / 2, high, paint);

    /// <summary>Eight corners: lower rear-left, rear-right, front-right, front-left, then the upper four.</summary>
    public void Corners(Span<Vector3> corners)
    {
        corners[0] = new(Rear, HalfWidth, Low);
        corners[1] = new(Rear, -HalfWidth, Low);
        corners[2] = new(Front, -HalfWidth, Low);
        corners[3] = new(Front, HalfWidth, Low);
        corners[4] = new(RearTop, HalfWidthTop, High);
        corners[5] = new(RearTop, -HalfWidthTop, High);
        corners[6] = new(FrontTop, -HalfWidthTop, High);
        corners[7] = new(FrontTop, HalfWidthTop, High);
    }
}

namespace Sensing.TrafficCamera.Synthetic;

/// <summary>A coded colour, 0…255 each.</summary>
internal readonly record struct Ycc(float Y, float Cb, float Cr)
{
    public static Ycc Lerp(Ycc a, Ycc b, float t) =>
        new(a.Y + ((b.Y - a.Y) * t), a.Cb + ((b.Cb - a.Cb) * t), a.Cr + ((b.Cr - a.Cr) * t));
}

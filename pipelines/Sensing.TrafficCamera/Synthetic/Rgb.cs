namespace Sensing.TrafficCamera.Synthetic;

/// <summary>A colour or the light of one: linear, 1 is the sensor's white before exposure.</summary>
internal readonly record struct Rgb(float R, float G, float B)
{
    public static Rgb Grey(float value) => new(value, value, value);

    public static Rgb operator *(Rgb a, float k) => new(a.R * k, a.G * k, a.B * k);

    public static Rgb operator *(Rgb a, Rgb b) => new(a.R * b.R, a.G * b.G, a.B * b.B);

    public static Rgb operator +(Rgb a, Rgb b) => new(a.R + b.R, a.G + b.G, a.B + b.B);

    public static Rgb Lerp(Rgb a, Rgb b, float t) => (a * (1 - t)) + (b * t);

    /// <summary>As the camera codes it: gamma 1/2.2, then ITU-R BT.601 full range.</summary>
    public Ycc Encode()
    {
        float r = Gamma(R), g = Gamma(G), b = Gamma(B);
        float y = (0.299f * r) + (0.587f * g) + (0.114f * b);
        return new Ycc(y, 128 + ((b - y) * 0.564f), 128 + ((r - y) * 0.713f));
    }

    private static float Gamma(float value) => 255 * MathF.Pow(Math.Clamp(value, 0, 1), 1 / 2.2f);
}

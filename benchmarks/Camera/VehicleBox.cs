namespace Sensing.Benchmarks.Camera;

/// <summary>A vehicle's box in a frame, pixels.</summary>
internal readonly record struct VehicleBox(double Left, double Top, double Width, double Height)
{
    public double X => Left + (Width / 2);

    public double Y => Top + (Height / 2);

    public double Overlap(VehicleBox other)
    {
        double w = Math.Min(Left + Width, other.Left + other.Width) - Math.Max(Left, other.Left);
        double h = Math.Min(Top + Height, other.Top + other.Height) - Math.Max(Top, other.Top);
        return w <= 0 || h <= 0 ? 0 : w * h / ((Width * Height) + (other.Width * other.Height) - (w * h));
    }
}

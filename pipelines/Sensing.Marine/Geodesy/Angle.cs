namespace Sensing.Marine.Geodesy;

/// <summary>Angles in degrees.</summary>
internal static class Angle
{
    public static double Radians(double degrees) => degrees * (Math.PI / 180);

    public static double Degrees(double radians) => radians * (180 / Math.PI);

    /// <summary>0 to below 360.</summary>
    public static double Positive(double degrees)
    {
        double turned = degrees % 360;
        turned = turned < 0 ? turned + 360 : turned;
        return turned < 360 ? turned : 0;
    }

    /// <summary>Above -180 to 180.</summary>
    public static double Signed(double degrees)
    {
        double positive = Positive(degrees);
        return positive > 180 ? positive - 360 : positive;
    }
}

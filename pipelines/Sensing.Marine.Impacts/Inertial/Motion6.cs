namespace Sensing.Marine.Impacts.Inertial;

/// <summary>Acceleration and rate at an instant, in the body's axes: ahead, to starboard, down.</summary>
/// <param name="X">Specific force ahead, m/s²; at rest (0, 0, -9.8).</param>
/// <param name="Y">Specific force to starboard, m/s².</param>
/// <param name="Z">Specific force down, m/s².</param>
/// <param name="P">Roll rate, rad/s, positive to starboard.</param>
/// <param name="Q">Pitch rate, rad/s, positive bow up.</param>
/// <param name="R">Yaw rate, rad/s, positive to starboard.</param>
public readonly record struct Motion6(double X, double Y, double Z, double P, double Q, double R)
{
    public bool IsFinite =>
        double.IsFinite(X) && double.IsFinite(Y) && double.IsFinite(Z) && double.IsFinite(P) && double.IsFinite(Q) && double.IsFinite(R);

    public static Motion6 operator +(Motion6 a, Motion6 b) => new(a.X + b.X, a.Y + b.Y, a.Z + b.Z, a.P + b.P, a.Q + b.Q, a.R + b.R);

    public static Motion6 operator -(Motion6 a, Motion6 b) => new(a.X - b.X, a.Y - b.Y, a.Z - b.Z, a.P - b.P, a.Q - b.Q, a.R - b.R);

    public static Motion6 operator *(Motion6 a, double by) => new(a.X * by, a.Y * by, a.Z * by, a.P * by, a.Q * by, a.R * by);
}

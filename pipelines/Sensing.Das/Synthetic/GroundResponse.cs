namespace Sensing.Das.Synthetic;

/// <summary>What a gauge of buried fibre feels of a load on the surface of an elastic half-space.</summary>
/// <remarks>
/// Boussinesq's point load, Johnson, Contact Mechanics (1985), eq. 3.18a: a vertical force P at the origin moves the ground
/// at (x, y, z) along x by u = P / 4πG · [x z / R³ − (1 − 2ν) x / (R (R + z))]. A gauge of length L reads the difference of
/// the displacement of its ends over L. Quasi-static: the load moves much slower than the ground's shear waves.
/// </remarks>
/// <param name="OffsetM">Distance of the wheel track to the side of the fibre, m.</param>
/// <param name="DepthM">Depth of the fibre, m, above 0.</param>
/// <param name="GaugeLengthM">Gauge length, m, above 0.</param>
internal sealed record GroundResponse(double OffsetM, double DepthM, double GaugeLengthM)
{
    /// <summary>Shear modulus of dense road subgrade, Pa: ρ c² with 1,800 kg/m³ and 180 m/s.</summary>
    public const double ShearModulusPa = 1800 * ShearWaveSpeedMs * ShearWaveSpeedMs;

    public const double ShearWaveSpeedMs = 180;

    public const double PoissonRatio = 0.3;

    /// <summary>Gauge-averaged strain per newton, the gauge's middle <paramref name="alongM"/> ahead of the load.</summary>
    public double Strain(double alongM) =>
        (Displacement(alongM + (GaugeLengthM / 2)) - Displacement(alongM - (GaugeLengthM / 2))) / GaugeLengthM;

    /// <summary>Change of <see cref="Strain"/> per metre along the fibre.</summary>
    public double StrainSlope(double alongM) =>
        (PointStrain(alongM + (GaugeLengthM / 2)) - PointStrain(alongM - (GaugeLengthM / 2))) / GaugeLengthM;

    private double Displacement(double x)
    {
        double r = Math.Sqrt((x * x) + (OffsetM * OffsetM) + (DepthM * DepthM));
        return ((x * DepthM / (r * r * r)) - ((1 - (2 * PoissonRatio)) * x / (r * (r + DepthM)))) / (4 * Math.PI * ShearModulusPa);
    }

    /// <summary>∂u/∂x of <see cref="Displacement"/>.</summary>
    private double PointStrain(double x)
    {
        double z = DepthM;
        double r = Math.Sqrt((x * x) + (OffsetM * OffsetM) + (z * z));
        double near = (z / Math.Pow(r, 3)) - (3 * x * x * z / Math.Pow(r, 5));
        double far = (1 / (r * (r + z))) - (x * x * ((2 * r) + z) / (Math.Pow(r, 3) * (r + z) * (r + z)));
        return (near - ((1 - (2 * PoissonRatio)) * far)) / (4 * Math.PI * ShearModulusPa);
    }
}

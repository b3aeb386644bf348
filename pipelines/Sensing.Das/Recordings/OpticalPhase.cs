namespace Sensing.Das.Recordings;

/// <summary>Optical phase to strain.</summary>
internal static class OpticalPhase
{
    /// <summary>Photoelastic scaling factor of silica fibre for longitudinal strain.</summary>
    private const double StrainOptic = 0.78;

    /// <summary>Strain per radian: ε = λ φ / (4π n L ψ), Lindsey, Rademacher, Ajo-Franklin, JGR Solid Earth 125 (2020), eq. 1.</summary>
    /// <param name="wavelengthM">Wavelength of the laser in vacuum, m.</param>
    /// <param name="refractiveIndex">Group refractive index of the fibre.</param>
    /// <param name="gaugeLengthM">Gauge length, m.</param>
    public static double StrainPerRadian(double wavelengthM, double refractiveIndex, double gaugeLengthM) =>
        wavelengthM / (4 * Math.PI * refractiveIndex * gaugeLengthM * StrainOptic);
}

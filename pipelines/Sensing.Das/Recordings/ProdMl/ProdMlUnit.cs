using Sensing.Das.Recordings.Hdf5;

namespace Sensing.Das.Recordings.ProdMl;

/// <summary>What a PRODML file's raw numbers are, by its own attributes.</summary>
internal static class ProdMlUnit
{
    /// <summary>Counts of a Silixa iDAS per radian: 2¹³.</summary>
    private const double SilixaCounts = 8192;

    /// <summary>Elongation of a Silixa iDAS's fibre per radian, m (the same instrument's own files call it 'Unit Calibration (nm)').</summary>
    private const double SilixaCalibrationM = 116e-9;

    public static (double Factor, RecordedQuantity Quantity, string Conversion) Conversion(Hdf5File file, string raw, double rateHz, double gaugeM)
    {
        string unit = file.Text(raw + "@RawDataUnit");
        string plain = SampleUnit.Plain(unit);
        if (SampleUnit.Of(unit) is { } known)
        {
            return (known.Factor, known.Quantity, FormattableString.Invariant($"RawData ({unit}) × {known.Factor:G6}"));
        }

        string vendor = file.OptionalText("/Acquisition@VendorCode") ?? file.OptionalText("/Acquisition@ServiceCompanyName") ?? "";
        if (plain == "nm/m/s*hz/m" && vendor.StartsWith("Silixa", StringComparison.OrdinalIgnoreCase) && gaugeM > 0)
        {
            // Per sample and gauge, in counts: DASPy and Silixa give strain rate = 116 nm · f_s / L · counts / 8192.
            double factor = SilixaCalibrationM * rateHz / gaugeM / SilixaCounts;
            return (factor, RecordedQuantity.StrainRate,
                FormattableString.Invariant($"RawData (counts of a Silixa iDAS) × 116 nm × {rateHz:G6} Hz ÷ {gaugeM:G6} m ÷ 8192"));
        }

        if (plain is "rad" or "rad/s" && gaugeM > 0
            && Custom(file, "Laser Wavelength (nm)") is { } wavelengthNm && Custom(file, "Fibre Refractive Index") is { } index)
        {
            return (OpticalPhase.StrainPerRadian(wavelengthNm * 1e-9, index, gaugeM),
                plain == "rad" ? RecordedQuantity.Strain : RecordedQuantity.StrainRate,
                FormattableString.Invariant($"RawData ({unit}) × λ / 4π n L ψ, λ = {wavelengthNm:G6} nm, n = {index:G6}, L = {gaugeM:G6} m, ψ = 0.78"));
        }

        throw new RecordingException(
            "wrong-type", file.Path, raw + "@RawDataUnit",
            $"The unit '{unit}' of '{vendor}' cannot be turned into strain rate with what the file says.",
            "Describe the file's layout in the source's options, with the scale to strain rate "
            + $"(known units: {SampleUnit.Known}; rad and rad/s where /Acquisition/Custom tells 'Laser Wavelength (nm)' and 'Fibre Refractive Index').");
    }

    private static double? Custom(Hdf5File file, string name)
    {
        string path = "/Acquisition/Custom@" + name;
        return file.Has(path) ? file.OptionalNumber(path) : null;
    }
}

namespace Sensing.Das.Recordings;

/// <summary>What a unit's name means: the quantity and the factor to its SI unit.</summary>
/// <param name="Quantity">Strain or strain rate.</param>
/// <param name="Factor">Stored number × factor = strain, or strain rate in 1/s.</param>
internal sealed record SampleUnit(RecordedQuantity Quantity, double Factor)
{
    /// <summary>Names that are understood, for error messages.</summary>
    public const string Known = "1/s, strain/s, (m/m)/s, microstrain/s, nanostrain/s, (nm/m)/s, strain, m/m, microstrain, nanostrain, nm/m";

    /// <summary>Reads a unit's name as instruments write it; null where it is none of strain or strain rate.</summary>
    public static SampleUnit? Of(string name)
    {
        string unit = Plain(name);
        bool rate = unit.EndsWith("/s", StringComparison.Ordinal);
        string strain = rate ? unit[..^2] : unit;
        double? factor = strain switch
        {
            "1" when rate => 1,
            "strain" or "m/m" or "ε" => 1,
            "microstrain" or "ustrain" or "um/m" or "uε" => 1e-6,
            "nanostrain" or "nstrain" or "nm/m" or "nε" => 1e-9,
            _ => null,
        };
        return factor is { } f ? new SampleUnit(rate ? RecordedQuantity.StrainRate : RecordedQuantity.Strain, f) : null;
    }

    /// <summary>A unit's name without the ways in which writers differ.</summary>
    public static string Plain(string name) => name.Trim().ToLowerInvariant()
        .Replace("seconds", "s", StringComparison.Ordinal).Replace("second", "s", StringComparison.Ordinal)
        .Replace("radians", "rad", StringComparison.Ordinal).Replace("-", "", StringComparison.Ordinal)
        .Replace("(", "", StringComparison.Ordinal).Replace(")", "", StringComparison.Ordinal)
        .Replace(" ", "", StringComparison.Ordinal).Replace("µ", "u", StringComparison.Ordinal).Replace("μ", "u", StringComparison.Ordinal);
}

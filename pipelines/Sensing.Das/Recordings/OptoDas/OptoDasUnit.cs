namespace Sensing.Das.Recordings.OptoDas;

/// <summary>What an OptoDAS interrogator measures, an optical phase per distance, as strain.</summary>
internal static class OptoDasUnit
{
    /// <summary>Unit of the sensitivity by which the phase becomes strain, without the ways in which writers differ.</summary>
    public const string Sensitivity = "rad/m*strain";

    /// <summary>The unit that is left after division by a sensitivity in rad/(m·strain); null where the unit is no phase per distance.</summary>
    public static string? PerSensitivity(string unit) => SampleUnit.Plain(unit) switch
    {
        "rad/m/s" => "strain/s",
        "rad/m" => "strain",
        _ => null,
    };
}

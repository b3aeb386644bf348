using Sensing.Configuration;

namespace Sensing.Das;

/// <summary>Step 6: small, large and, where configured, rail.</summary>
public sealed record ClassOptions
{
    [Option("Strain-rate amplitude that divides small from large vehicles until the site's own mixture is known, 1/s.", Above = 0)]
    public double DivideAmplitude { get; init; } = 5e-6;

    [Option("Vehicles after which the site's own mixture takes over, where no calibration is given.", Min = 10, Max = 400)]
    public int LearnAfter { get; init; } = 40;

    [Option("Whether rail vehicles pass: long and heavy, told from large ones by amplitude.")]
    public bool Rail { get; init; }

    [Option("Strain-rate amplitude above which a vehicle is rail, where rail is on and no calibration tells one, 1/s.", Above = 0)]
    public double RailAmplitude { get; init; } = 5e-5;
}

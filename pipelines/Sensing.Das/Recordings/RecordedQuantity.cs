namespace Sensing.Das.Recordings;

/// <summary>What a recording's scaled values are.</summary>
public enum RecordedQuantity
{
    /// <summary>1/s.</summary>
    StrainRate,

    /// <summary>Dimensionless; it is differenced from sample to sample.</summary>
    Strain,
}

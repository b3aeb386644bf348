namespace Sensing.Das.Condition;

/// <summary>The slow part of a vehicle's passage, by which the delays of positions are learnt.</summary>
/// <remarks>
/// A vehicle's signature rings at 1 to 2 Hz, so its narrow template has peaks some 0.6 s apart, and delays that are learnt from the
/// nearest one can settle a whole cycle beside the truth. This one has no second peak within ± 1.4 s.
/// </remarks>
internal static class CoarsePassage
{
    /// <summary>Width σ of the template, s.</summary>
    public const double SigmaSeconds = 0.8;

    /// <summary>Lower corner of its band, Hz: below that the noise of most instruments grows faster than the signal.</summary>
    public const double LowHz = 0.15;

    /// <summary>How far from a line its peak is looked for, s: the largest delay that is learnt, and more than a line's own error.</summary>
    public const double ReachSeconds = 0.8;
}

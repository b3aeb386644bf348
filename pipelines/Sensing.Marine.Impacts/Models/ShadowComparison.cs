using Sensing.Marine.Impacts.Learning;

namespace Sensing.Marine.Impacts.Models;

/// <summary>Two models over the same windows, without knowing what the windows show.</summary>
internal sealed class ShadowComparison
{
    /// <summary>Models of one kind differ on the doubtful windows; on more than a quarter, one of them is broken.</summary>
    private const double LeastAgreement = 0.75;

    /// <summary>A model that is this much less sure of the same windows does not know this vessel, nats.</summary>
    private const double MostEntropy = 0.25;

    private double _entropy;
    private int _same, _alarmsMore;

    public int Windows { get; private set; }

    public double? Agreement => Windows == 0 ? null : Math.Round((double)_same / Windows, 3);

    /// <param name="trusted">Answer of the model that has been in use for longer.</param>
    /// <param name="tried">Answer of the newer one.</param>
    /// <param name="trustedAlarms">The first would alarm.</param>
    /// <param name="triedAlarms">The second would.</param>
    public void Add(ReadOnlySpan<float> trusted, ReadOnlySpan<float> tried, bool trustedAlarms, bool triedAlarms)
    {
        Windows++;
        _same += Calibration.Best(trusted) == Calibration.Best(tried) ? 1 : 0;
        _alarmsMore += (triedAlarms ? 1 : 0) - (trustedAlarms ? 1 : 0);
        _entropy += Calibration.Entropy(tried) - Calibration.Entropy(trusted);
    }

    /// <summary>Why the newer model does worse; null where it does not.</summary>
    public string? Worse() =>
        Windows == 0 ? null
        : Agreement < LeastAgreement ? FormattableString.Invariant($"it differs from the model before it on {1 - Agreement:P0} of {Windows} windows")
        : _alarmsMore > Math.Max(1, Windows / 20) ? FormattableString.Invariant($"it alarms {_alarmsMore} times more in {Windows} windows")
        : _alarmsMore < -Math.Max(1, Windows / 20) ? FormattableString.Invariant($"it misses {-_alarmsMore} alarms in {Windows} windows")
        : _entropy / Windows > MostEntropy ? FormattableString.Invariant($"it is less sure, by {_entropy / Windows:0.00} nats a window")
        : null;
}

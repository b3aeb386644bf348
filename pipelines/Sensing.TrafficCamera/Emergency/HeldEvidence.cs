using Sensing.Steps;
using Sensing.Streams;

namespace Sensing.TrafficCamera.Emergency;

/// <summary>Evidence of one kind over time: accumulates while it is observed, fades when it is not.</summary>
/// <remarks>Readings overlap: each stands on the last seconds. A reading therefore counts in full once, and further ones by the time between them over
/// the time that a reading stands on.</remarks>
internal struct HeldEvidence(double memorySeconds) : IResumable
{
    // What a reading stands on, s: three for the siren and for the light bar.
    private const double ReadingSeconds = 3;
    private const double Most = 15;

    private double _sum;
    private DateTimeOffset _time;

    /// <summary>Takes a reading's log-likelihood ratio.</summary>
    public void Observe(DateTimeOffset time, double logLikelihoodRatio)
    {
        if (_time == default)
        {
            // The first reading counts in full, whether for or against.
            (_sum, _time) = (Math.Clamp(logLikelihoodRatio, -Most, Most), time);
            return;
        }

        double seconds = Math.Clamp((time - _time).TotalSeconds, 0, ReadingSeconds);
        double kept = At(time);
        double share = seconds / ReadingSeconds;
        double accumulated = kept + (logLikelihoodRatio * share);
        // Evidence for it counts in full at once; evidence against it takes as long to undo what was gathered.
        _sum = Math.Clamp(logLikelihoodRatio > 0 ? Math.Max(accumulated, logLikelihoodRatio) : Math.Min(accumulated, kept), -Most, Most);
        _time = time;
    }

    /// <summary>The evidence at a time, nats.</summary>
    public readonly double At(DateTimeOffset time) =>
        _time == default ? 0 : _sum * Math.Exp(-Math.Max((time - _time).TotalSeconds, 0) / memorySeconds);

    public readonly void Save(BinaryWriter state)
    {
        state.Write(_sum);
        state.WriteTime(_time);
    }

    public void Load(BinaryReader state)
    {
        _sum = state.ReadDouble();
        _time = state.ReadTime();
    }
}

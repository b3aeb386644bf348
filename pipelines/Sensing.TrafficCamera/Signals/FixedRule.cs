namespace Sensing.TrafficCamera.Signals;

/// <summary>The fixed plan: what is due depends on the time of day alone, so that neighbouring junctions stay in step.</summary>
internal sealed class FixedRule
{
    private readonly JunctionLayout _layout;
    private readonly long _cycle;

    public FixedRule(JunctionLayout layout)
    {
        _layout = layout;
        _cycle = JunctionLayout.Ticks(layout.FixedCycleSeconds);
    }

    /// <summary>The phase that is due, and the time until the next one is, ticks.</summary>
    public (int Phase, long Left) Due(DateTimeOffset time)
    {
        long ticks = time.UtcTicks - DateTimeOffset.UnixEpoch.Ticks - JunctionLayout.Ticks(_layout.Options.FixedPlan.OffsetSeconds);
        long at = ((ticks % _cycle) + _cycle) % _cycle;
        for (int i = 0; i < _layout.Splits.Length; i++)
        {
            (int phase, long green) = _layout.Splits[i];
            if (at < green)
            {
                return (phase, green - at);
            }

            int next = _layout.Splits[(i + 1) % _layout.Splits.Length].Phase;
            at -= green;
            long change = _layout.ChangeTicks(phase, next);
            if (at < change)
            {
                return (next, change - at + _layout.Splits[(i + 1) % _layout.Splits.Length].Green);
            }

            at -= change;
        }

        return (_layout.Splits[0].Phase, _layout.Splits[0].Green);
    }
}

namespace Sensing.Das.Sources;

/// <summary>Strain to strain rate: the difference to the sample before, over the time step, across blocks and files.</summary>
internal sealed class StrainDifference
{
    private float[]? _previous;

    /// <summary>Whether the sample before the next one is known.</summary>
    public bool Primed => _previous is not null;

    public void Forget() => _previous = null;

    public void Prime(ReadOnlySpan<float> strain) => _previous = strain.ToArray();

    /// <summary>Turns rows of strain into rows of strain rate, in place.</summary>
    public void Apply(Span<float> values, int channels, double timeStepSeconds)
    {
        float[] before = _previous ?? throw new InvalidOperationException("The sample before is not known.");
        float rate = (float)(1 / timeStepSeconds);
        for (int i = 0; i < values.Length; i++)
        {
            int c = i % channels;
            float strain = values[i];
            values[i] = (strain - before[c]) * rate;
            before[c] = strain;
        }
    }
}

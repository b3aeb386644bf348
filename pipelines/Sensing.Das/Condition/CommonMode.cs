namespace Sensing.Das.Condition;

/// <summary>What the instrument adds to every channel alike (laser phase, clock): the median over the sound positions.</summary>
/// <remarks>A vehicle is at a few positions at a time, so the median does not see it. On a short or crowded section it would:
/// below <see cref="FewestPositions"/> nothing is taken out.</remarks>
internal sealed class CommonMode(int positions)
{
    /// <summary>So many that the median's own noise, shared by all, stays below a fifth of a position's: π / 2n = 0.04.</summary>
    private const int FewestPositions = 40;

    private readonly float[] _sound = new float[positions];

    /// <summary>Takes the common mode out of a row; positions that are not <paramref name="alive"/> have no say and stay as they are.</summary>
    public void Remove(Span<float> row, ReadOnlySpan<bool> alive)
    {
        int count = 0;
        for (int p = 0; p < row.Length; p++)
        {
            if (alive[p])
            {
                _sound[count++] = row[p];
            }
        }

        if (count < FewestPositions)
        {
            return;
        }

        Span<float> sound = _sound.AsSpan(0, count);
        sound.Sort();
        float median = (sound[(count - 1) / 2] + sound[count / 2]) / 2;
        for (int p = 0; p < row.Length; p++)
        {
            row[p] -= alive[p] ? median : 0;
        }
    }
}

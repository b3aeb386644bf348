namespace Sensing.Vision.Onnx.Detection.Heads;

/// <summary>The wanted class with the highest score.</summary>
internal static class BestClass
{
    /// <param name="scores">Score of each class.</param>
    /// <param name="wanted">Whether a class is wanted.</param>
    /// <returns>−1 and the lowest score where none is wanted, or where another class scores higher than all wanted ones.</returns>
    public static (int Class, float Score) Of(ReadOnlySpan<float> scores, ReadOnlySpan<bool> wanted)
    {
        int best = 0;
        for (int i = 1; i < scores.Length; i++)
        {
            best = scores[i] > scores[best] ? i : best;
        }

        return wanted[best] ? (best, scores[best]) : (-1, float.MinValue);
    }
}

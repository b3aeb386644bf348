namespace Sensing.Vision.Onnx.Detection;

/// <summary>Keeps the best of boxes that overlap, whatever their classes: a vehicle is either a truck or a bus.</summary>
internal static class NonMaximumSuppression
{
    /// <summary>No scene has more vehicles; heads of thousands of cells may yield as many boxes when they see noise.</summary>
    private const int MostBoxes = 300;

    /// <summary>Sorts the candidates, best first, and removes those that overlap a better one.</summary>
    public static void Apply(List<Candidate> candidates, float mostOverlap)
    {
        // Ties are broken by place, so that the result depends on the boxes alone.
        candidates.Sort(static (a, b) => a.Score != b.Score ? b.Score.CompareTo(a.Score)
            : a.Left != b.Left ? a.Left.CompareTo(b.Left)
            : a.Top != b.Top ? a.Top.CompareTo(b.Top)
            : a.Class.CompareTo(b.Class));
        int kept = 0;
        for (int i = 0; i < candidates.Count && kept < MostBoxes; i++)
        {
            bool best = true;
            for (int k = 0; k < kept && best; k++)
            {
                best = candidates[k].Overlap(candidates[i]) <= mostOverlap;
            }

            if (best)
            {
                candidates[kept++] = candidates[i];
            }
        }

        candidates.RemoveRange(kept, candidates.Count - kept);
    }
}

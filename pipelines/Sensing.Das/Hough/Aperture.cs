namespace Sensing.Das.Hough;

/// <summary>A stretch of positions over which lines are taken as straight.</summary>
internal sealed record Aperture(int Number, int First, int Count)
{
    public int Last => First + Count - 1;

    public double Middle => First + ((Count - 1) / 2.0);

    /// <summary>Apertures that cover <paramref name="positions"/> evenly, the last one ending where the section ends.</summary>
    public static IReadOnlyList<Aperture> Cover(int positions, double stepM, DetectOptions options)
    {
        int count = Math.Min(positions, Math.Max(4, (int)Math.Round(options.ApertureM / stepM)));
        int gaps = (int)Math.Ceiling((positions - count) / Math.Max(1, options.ApertureStep * count));
        var apertures = new List<Aperture>();
        for (int i = 0; i <= gaps; i++)
        {
            int first = gaps == 0 ? 0 : (int)Math.Round((double)i * (positions - count) / gaps);
            apertures.Add(new Aperture(i, first, count));
        }

        return apertures;
    }
}

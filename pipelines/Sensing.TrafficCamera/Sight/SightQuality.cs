namespace Sensing.TrafficCamera.Sight;

/// <summary>Quality from what has been measured: a product of factors, each 1 on a plain day and none rising while its own
/// cause gets worse.</summary>
/// <remarks>The limits are absolute, so that a camera that starts in fog reports it at once. They leave plain recordings of
/// six roads, among them one of nothing but tarmac, at 0.95 or more.</remarks>
internal static class SightQuality
{
    /// <summary>Quality from which the sight counts as clear.</summary>
    public const double ClearFrom = 0.8;

    // Above this share of veil a hazy picture is called foggy.
    private const double Foggy = 0.6;

    public static (double Quality, SightReason Reason) Of(SightFigures figures)
    {
        double veil = Veil(figures);
        double quality = 1, worst = 1;
        SightReason reason = SightReason.Clear;
        void Take(double factor, SightReason cause)
        {
            quality *= factor;
            if (factor < worst)
            {
                worst = factor;
                reason = cause;
            }
        }

        Take(1 - veil, veil > Foggy ? SightReason.Fog : SightReason.Haze);
        Take(Rise(figures.Luminance, 12, 75), SightReason.Dark);
        Take(1 - Rise(figures.Noise, 2, 16), SightReason.Noise);
        Take(1 - (0.8 * Rise(figures.Sparkle, 0.0025, 0.022)), SightReason.Rain);

        // Stabilisation makes up for much of it.
        Take(1 - (0.5 * Rise(figures.MotionPx, 0.8, 5)), SightReason.Shake);
        Take(1 - Rise(figures.Saturated, 0.1, 0.45), SightReason.Glare);
        Take(Rise(figures.Range, 6, 25), SightReason.Blank);
        return (quality, quality >= ClearFrom ? SightReason.Clear : reason);
    }

    /// <summary>Share of the picture that is airlight, 0…1: even what is darkest is bright (dark channel), and the whole
    /// brighter than tarmac by day.</summary>
    /// <remarks>Neither alone is enough: tarmac that fills the picture has no dark spot, and a sunlit road is bright.</remarks>
    public static double Veil(SightFigures figures) =>
        Rise(figures.DarkChannel, 60, 170) * Rise(figures.Luminance, 112, 152);

    private static double Rise(double value, double from, double to) => Math.Clamp((value - from) / (to - from), 0, 1);
}

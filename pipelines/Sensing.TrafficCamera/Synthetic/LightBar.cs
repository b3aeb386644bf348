namespace Sensing.TrafficCamera.Synthetic;

/// <summary>When the lamps of a light bar flash: groups of short pulses, as seen in recordings of real ones.</summary>
internal static class LightBar
{
    /// <summary>Share of an exposure, ending at <paramref name="seconds"/>, during which a lamp is lit.</summary>
    /// <param name="kind">The vehicle.</param>
    /// <param name="lamp">0: left, 1: right.</param>
    /// <param name="seconds">End of the exposure.</param>
    /// <param name="exposure">Its length, s.</param>
    public static float Lit(SceneEmergency kind, int lamp, double seconds, double exposure)
    {
        (double period, double offset, int pulses, double pulse, double gap) = kind switch
        {
            // One lamp: the left one.
            SceneEmergency.Police => (1 / 1.92, 0, lamp == 0 ? 1 : 0, 0.05, 0),

            // Both lamps flash twice in a period of 1 s, half a period apart: 2 groups a second.
            SceneEmergency.Ambulance => (1.0, lamp * 0.5, 2, 0.07, 0.06),
            SceneEmergency.FireEngine => (1 / 1.4, lamp * 0.12, 3, 0.05, 0.05),
            _ => (1.0, 0, 0, 0, 0),
        };
        double lit = 0;
        double place = (seconds - offset) % period;
        place = place < 0 ? place + period : place;
        for (int i = 0; i < pulses; i++)
        {
            double from = i * (pulse + gap), to = from + pulse;
            lit += Math.Max(0, Math.Min(to, place) - Math.Max(from, place - exposure));
            lit += Math.Max(0, Math.Min(to, place + period) - Math.Max(from, place + period - exposure));
        }

        return (float)Math.Min(1, lit / exposure);
    }

    public static Rgb Colour(SceneEmergency kind) => kind == SceneEmergency.Ambulance
        ? new Rgb(0.95f, 0.97f, 1.3f)
        : new Rgb(0.1f, 0.25f, 1.6f);
}

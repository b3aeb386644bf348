using Sensing.Marine.Impacts.Detection;
using Sensing.Marine.Impacts.Features;
using Sensing.Marine.Impacts.Inertial;
using Sensing.Marine.Impacts.Simulation;

namespace Sensing.Marine.Impacts.Learning;

/// <summary>Windows of simulated voyages, cut as on board, with what they really show.</summary>
public static class SimulatedWindows
{
    /// <summary>Names of the classes, in the order of <see cref="ImpactClass"/>.</summary>
    public static IReadOnlyList<string> Classes { get; } = ["none", "wave-slam", "engine", "glancing", "bow", "beam", "stern"];

    /// <summary>A motion shows at latest this long after it began.</summary>
    private const double SoonSeconds = 0.6;

    /// <summary>What it leaves behind shows at latest this long after it began.</summary>
    private const double LatestSeconds = 1.5;

    /// <summary>One window a so many seconds of plain sea stands for all that is not cut out.</summary>
    private const int PlainEverySeconds = 15;

    /// <summary>The windows of a voyage.</summary>
    /// <param name="options">The voyage, at the rate of <see cref="Segmenter"/>.</param>
    /// <param name="missed">Counts impacts that were not cut out.</param>
    public static List<SimulatedWindow> Of(VoyageOptions options, out int missed)
    {
        var voyage = new SimulatedVoyage(options with { Rate = Segmenter.Rate });
        var segmenter = new Segmenter();
        var made = new List<SimulatedWindow>();
        var seen = new HashSet<SimulatedEvent>();
        int next = PlainEverySeconds * Segmenter.Rate;
        foreach (Motion6 sample in voyage.Run())
        {
            Candidate? candidate = segmenter.Next(sample);
            if (candidate is not null)
            {
                SimulatedEvent? shown = Shown(voyage.Events, candidate.Sample);
                bool isLate = shown is not null && candidate.Sample - shown.Sample > SoonSeconds * Segmenter.Rate;
                if (shown is not null && !isLate)
                {
                    seen.Add(shown);
                }

                made.Add(new SimulatedWindow(candidate.Window, shown?.Class ?? ImpactClass.None, shown, isLate));
            }
            else if (segmenter.Samples >= next)
            {
                next += PlainEverySeconds * Segmenter.Rate;
                if (voyage.Events.Count == 0 || segmenter.Samples - voyage.Events[^1].Sample > 3 * Segmenter.Rate)
                {
                    made.Add(new SimulatedWindow(segmenter.Window(Segmenter.Before + Segmenter.After), ImpactClass.None, null));
                }
            }
        }

        missed = voyage.Events.Count(one => one.Class >= ImpactClass.Glancing && !seen.Contains(one) && one.Sample < voyage.Samples - Segmenter.Rate);
        return made;
    }

    /// <summary>Examples of many voyages: each a group, each window once in every way in which the hull is the same.</summary>
    public static List<Example> Examples(IEnumerable<VoyageOptions> voyages, bool mirrored, CancellationToken cancellation = default)
    {
        var features = new WindowFeatures();
        var made = new List<Example>();
        foreach (VoyageOptions voyage in voyages)
        {
            cancellation.ThrowIfCancellationRequested();
            foreach (SimulatedWindow window in Of(voyage, out _))
            {
                foreach ((MotionWindow seen, int label) in (mirrored ? Symmetry.Mirror : Symmetry.None).Of(window.Motion, (int)window.Class, Classes))
                {
                    made.Add(new Example(features.Of(seen), label, voyage.Seed));
                }
            }
        }

        return made;
    }

    /// <summary>Voyages to learn from: sensors of many qualities, some of them not quite level. Every third has no impact, but slams and jolts.</summary>
    public static IEnumerable<VoyageOptions> Voyages(int count, int seed)
    {
        var random = new Random(seed);
        for (int i = 0; i < count; i++)
        {
            yield return new VoyageOptions
            {
                Seed = random.Next(),
                Noise = 0.7 + (1.1 * random.NextDouble()),
                TurnedDeg = 8 * random.NextDouble(),
                Impacts = i % 3 != 2,
            };
        }
    }

    private static SimulatedEvent? Shown(IReadOnlyList<SimulatedEvent> events, long sample)
    {
        for (int i = events.Count - 1; i >= 0; i--)
        {
            double since = (sample - events[i].Sample) / (double)Segmenter.Rate;
            if (since > LatestSeconds)
            {
                return null;
            }

            if (since >= -0.02)
            {
                return events[i];
            }
        }

        return null;
    }
}

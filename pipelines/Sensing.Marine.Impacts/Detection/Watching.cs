using Sensing.Marine.Events;
using Sensing.Marine.Impacts.Features;
using Sensing.Marine.Impacts.Inertial;
using Sensing.Steps;

namespace Sensing.Marine.Impacts.Detection;

/// <summary>Finds the motions that may be impacts, with their features and severity.</summary>
internal sealed class Watching(ImpactOptions options) : IStep<MotionAt, Sighting>
{
    private readonly Segmenter _segmenter = new();
    private readonly WindowFeatures _features = new();
    private long _shownTicks;

    public void Next(MotionAt item, Action<Sighting> emit)
    {
        if (item.Begins)
        {
            _segmenter.Reset();
        }

        if (_segmenter.Next(item.Motion) is { } candidate)
        {
            DateTimeOffset shown = item.Time - TimeSpan.FromSeconds((Segmenter.After - 1) / (double)Segmenter.Rate);
            _shownTicks = shown.UtcTicks;
            emit(new Sighting(shown, item.Time, Severity.Of(candidate.Window, Segmenter.Before), _features.Of(candidate.Window), null));
        }
        else if (_segmenter.IsComplete)
        {
            MotionWindow record = _segmenter.Record();
            emit(new Sighting(
                new DateTimeOffset(_shownTicks, TimeSpan.Zero), item.Time, Severity.Of(record, Segmenter.Before), [], options.Trace ? Trace(record) : null));
        }
    }

    public void Break(Action<Sighting> emit) => _segmenter.Reset();

    public void Save(BinaryWriter state)
    {
        state.Mark("impact-watching-1");
        state.Write(_shownTicks);
        _segmenter.Save(state);
    }

    public void Load(BinaryReader state)
    {
        state.Expect("impact-watching-1");
        _shownTicks = state.ReadInt64();
        _segmenter.Load(state);
    }

    /// <summary>Every second sample: enough to draw, and half the bytes.</summary>
    private static ImpactTrace Trace(MotionWindow window)
    {
        const int Every = 2;
        return new ImpactTrace
        {
            FirstSeconds = -(double)Segmenter.Before / Segmenter.Rate,
            StepSeconds = (double)Every / Segmenter.Rate,
            SurgeMs2 = Thinned(window[0], 1, 2),
            SwayMs2 = Thinned(window[1], 1, 2),
            HeaveMs2 = Thinned(window[2], 1, 2),
            YawDegS = Thinned(window[5], 180 / Math.PI, 1),
        };

        static double[] Thinned(ReadOnlySpan<double> values, double scale, int digits)
        {
            double mean = 0;
            foreach (double value in values)
            {
                mean += value / values.Length;
            }

            double[] made = new double[values.Length / Every];
            for (int i = 0; i < made.Length; i++)
            {
                made[i] = Math.Round(scale * (values[i * Every] - mean), digits);
            }

            return made;
        }
    }
}

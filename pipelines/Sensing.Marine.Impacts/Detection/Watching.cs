using Sensing.Marine.Events;
using Sensing.Marine.Impacts.Features;
using Sensing.Marine.Impacts.Inertial;
using Sensing.Marine.Impacts.Upload;
using Sensing.Steps;

namespace Sensing.Marine.Impacts.Detection;

/// <summary>Finds the motions that may be impacts, with their features and severity.</summary>
internal sealed class Watching(ImpactOptions options) : IStep<MotionAt, Sighting>
{
    private readonly Segmenter _segmenter = new();
    private readonly WindowFeatures _features = new();
    private readonly Queue<long> _records = new();

    public void Next(MotionAt item, Action<Sighting> emit)
    {
        if (item.Begins)
        {
            Break(emit);
        }

        if (_segmenter.Next(item.Motion) is { } candidate)
        {
            _records.Enqueue(candidate.Sample);
            emit(new Sighting(
                item.Time - Since(candidate.Sample), item.Time, Severity.Of(candidate.Window, Segmenter.Before), _features.Of(candidate.Window), null,
                options.UploadBytesPerHour > 0 ? WindowCode.Write(candidate.Window) : null));
        }

        if (_records.TryPeek(out long shown) && _segmenter.Samples == shown + Segmenter.RecordAfter)
        {
            _records.Dequeue();
            MotionWindow record = _segmenter.Record();
            emit(new Sighting(item.Time - Since(shown), item.Time, Severity.Of(record, Segmenter.Before), [], options.Trace ? Trace(record) : null));
        }
    }

    public void Break(Action<Sighting> emit)
    {
        _segmenter.Reset();
        _records.Clear();
    }

    public void Save(BinaryWriter state)
    {
        state.Mark("impact-watching-1");
        state.WriteArray<long>([.. _records]);
        _segmenter.Save(state);
    }

    public void Load(BinaryReader state)
    {
        state.Expect("impact-watching-1");
        _records.Clear();
        foreach (long shown in state.ReadArray<long>(Segmenter.RecordAfter))
        {
            _records.Enqueue(shown);
        }

        _segmenter.Load(state);
    }

    /// <summary>Time from a sample to the last one.</summary>
    private TimeSpan Since(long sample) => TimeSpan.FromTicks((_segmenter.Samples - 1 - sample) * (TimeSpan.TicksPerSecond / Segmenter.Rate));

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

using Sensing.Events;
using Sensing.Steps;
using Sensing.TrafficCamera.Events;

namespace Sensing.TrafficCamera.Detector;

/// <summary>How the model keeps up, each minute.</summary>
internal sealed class DetectorReport(DetectorOptions? options, DetectorFrames frames, StreamAddress address) : IStep<SeenFrame, SensorEvent>
{
    private long _minute;

    public void Next(SeenFrame item, Action<SensorEvent> emit)
    {
        long minute = item.Frame.Time.UtcTicks / TimeSpan.TicksPerMinute;
        if (options is null || minute == _minute)
        {
            return;
        }

        bool begun = _minute != 0;
        _minute = minute;
        if (!begun)
        {
            return;
        }

        DetectorTally tally = frames.TakeTally();
        emit(TrafficEvents.Detector.Create(
            address, new DateTimeOffset(minute * TimeSpan.TicksPerMinute, TimeSpan.Zero), "", new DetectorState
            {
                Model = options.Model,
                Looked = tally.Looked,
                Skipped = tally.Skipped,
                Failed = tally.Failed,
                Objects = tally.Objects,
                LongestMs = options.BudgetMs is null ? null : Math.Round(tally.LongestMs, 1),
                Problem = tally.Problem,
            }));
    }

    public void Break(Action<SensorEvent> emit)
    {
    }

    public void Save(BinaryWriter state)
    {
        state.Mark("detector-report-1");
        state.Write(_minute);
    }

    public void Load(BinaryReader state)
    {
        state.Expect("detector-report-1");
        _minute = state.ReadInt64();
    }
}

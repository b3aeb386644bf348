using Sensing.Das.Classify;
using Sensing.Das.Events;
using Sensing.Das.Report;
using Sensing.Events;
using Sensing.Steps;
using Sensing.Streams;

namespace Sensing.Das.Tests.Report;

public sealed class FlowReportTests
{
    private static readonly DateTimeOffset Start = new(2026, 5, 1, 8, 0, 0, TimeSpan.Zero);
    private static readonly DasOptions Options = DasOptions.Highway with
    {
        Directions = Directions.Increasing,
        Report = new ReportOptions { FlowMinutes = [5], FlowWaitSeconds = 0 },
    };

    private readonly List<SensorEvent> _events = [];

    [Fact]
    public void A_window_continues_over_a_gap_is_reported_once_and_carries_the_seconds_that_were_observed()
    {
        FlowReport report = Report();
        See(report, Start, 0, 100);
        report.Break(_events.Add);
        See(report, Start.AddSeconds(160), 0, 200);

        SensorEvent[] all = [.. _events.Where(e => DasEvents.Flow.Read(e).Class is null)];
        Assert.Equal(Start.AddMinutes(5), Assert.Single(all).Time);
        Assert.Equal(240, DasEvents.Flow.Read(all[0]).CoveredSeconds!.Value, 0.5);
        Assert.Equal(_events.Count, _events.Select(e => e.Id).Distinct().Count());
    }

    [Fact]
    public void A_restart_reports_neither_windows_in_the_future_nor_zeros_for_what_was_not_seen()
    {
        FlowReport before = Report();
        See(before, Start, 0, 100);
        using var saved = new MemoryStream();
        using (var writer = new BinaryWriter(saved, System.Text.Encoding.UTF8, leaveOpen: true))
        {
            before.Save(writer);
        }

        saved.Position = 0;
        FlowReport after = Report();
        after.Load(new BinaryReader(saved));
        after.Break(_events.Add);
        Assert.Empty(_events);

        // An hour later: the window that was open is reported for what was seen of it, those between are not.
        See(after, Start.AddHours(1), 0, 100);
        Assert.Equal(Start.AddMinutes(5), Assert.Single(_events, e => DasEvents.Flow.Read(e).Class is null).Time);
        Assert.Equal(100, DasEvents.Flow.Read(_events[0]).CoveredSeconds!.Value, 0.5);
        Assert.DoesNotContain(_events, e => e.Time > Start.AddMinutes(5));
    }

    private static FlowReport Report() => new(Options, new StreamAddress("site", "node", "road"));

    private void See(FlowReport report, DateTimeOffset origin, double from, double to)
    {
        for (double until = from + 1; until <= to; until++)
        {
            report.Next(new Batch<ClassifiedPassage>(origin, until, []), _events.Add);
        }
    }
}

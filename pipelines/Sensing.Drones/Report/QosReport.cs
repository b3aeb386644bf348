using Sensing.Drones.Events;
using Sensing.Drones.Live;
using Sensing.Events;
using Sensing.Scheduling;

namespace Sensing.Drones.Report;

/// <summary>Counts what became of the tasks, and reports it for each period.</summary>
/// <remarks>Periods and windows lie on the clock. A window is settled once it has ended and none of its segments is
/// open.</remarks>
internal sealed class QosReport(DroneOptions options, StreamAddress address)
{
    private readonly long _period = (long)(options.QosSeconds * TimeSpan.TicksPerSecond);
    private readonly long _window = (long)(options.WindowSeconds * TimeSpan.TicksPerSecond);
    private readonly IReadOnlyList<InferenceTaskType> _types = options.TypesWith(kind => DroneTaskTypes.Published(kind).EdgeMs);

    /// <summary>The deadline of a task, ms from its segment's arrival.</summary>
    public double DeadlineMs(DroneTaskKind kind) => _types[Array.IndexOf(options.Tasks, kind)].DeadlineMs;

    /// <summary>Makes room for the types.</summary>
    public BookState Begin(BookState state)
    {
        state.Types = [.. _types.Select(_ => new TypeTally())];
        state.LastCompletion = new double?[_types.Count];
        return state;
    }

    /// <summary>Time has come so far; yields the report of the period that has ended.</summary>
    public IReadOnlyList<SensorEvent> MoveTo(BookState state, DateTimeOffset time)
    {
        long period = time.UtcTicks / _period;
        SensorEvent? report = state.Period is { } last && period > last ? Report(state, last) : null;
        state.Period = Math.Max(state.Period ?? period, period);
        return report is null ? [] : [report];
    }

    /// <summary>A task has ended.</summary>
    public void Add(BookState state, OpenSegment segment, int type, TaskResult result)
    {
        state.Types[type].Add(result);
        long index = segment.Time.UtcTicks / _window;
        if (!state.Windows.TryGetValue(index, out WindowTally? window))
        {
            state.Windows[index] = window = new WindowTally { Ended = new int[_types.Count], Done = new int[_types.Count] };
        }

        window.Ended[type]++;
        window.Done[type] += result.Fate == TaskFate.Done ? 1 : 0;
        state.DecisionMs = result.DecisionMs ?? state.DecisionMs;
        state.LinkMbits = result.LinkMbits ?? state.LinkMbits;
        state.Cloud = result.Cloud ?? state.Cloud;
    }

    /// <summary>The end: the period that runs is reported.</summary>
    public IReadOnlyList<SensorEvent> Finish(BookState state) =>
        state.Period is { } period && state.Types.Any(type => type.Ended > 0) ? [Report(state, period)] : [];

    private SensorEvent Report(BookState state, long period)
    {
        var end = new DateTimeOffset((period + 1) * _period, TimeSpan.Zero);
        (long qoe, long most, int[] bonus) = Settle(state, end);
        TypeTally[] all = state.Types;
        int ended = all.Sum(type => type.Ended), done = all.Sum(type => type.Done);
        var report = new DroneQos
        {
            PeriodSeconds = options.QosSeconds,
            Policy = options.Policy,
            Drones = [.. state.Drones],
            Arrived = ended,
            Done = done,
            Late = all.Sum(type => type.Late + type.Failed),
            Dropped = all.Sum(type => type.Dropped),
            Completion = Share(done, ended),
            Utility = all.Sum(type => type.Utility),
            Qoe = qoe,
            QoeMost = most,
            WindowSeconds = options.WindowSeconds,
            WindowRate = options.WindowRate,
            Promised = all.Sum(type => type.OnEdge),
            Kept = all.Sum(type => type.EdgeDone),
            SharedRuns = all.Sum(type => type.SharedRuns),
            DecisionMs = state.DecisionMs,
            LinkMbits = state.LinkMbits,
            Cloud = state.Cloud,
            Types = [.. all.Select((tally, type) => Of(state, tally, type, bonus[type]))],
        };
        Begin(state, state.LastCompletion);
        return DroneEvents.Qos.Create(address, end, "", report);
    }

    private void Begin(BookState state, double?[] completion)
    {
        Begin(state);
        state.LastCompletion = completion;
        state.Drones.Clear();
    }

    private TaskTypeQos Of(BookState state, TypeTally tally, int type, int bonus) => new()
    {
        Type = _types[type].Name,
        Summary = DroneTaskTypes.Summary(options.Tasks[type]),
        Arrived = tally.Ended,
        Done = tally.Done,
        Late = tally.Late,
        Failed = tally.Failed,
        Dropped = tally.Dropped,
        Stolen = tally.Stolen,
        Migrated = tally.Migrated,
        EdgeShare = Share(tally.OnEdge, tally.Ended),
        CloudShare = Share(tally.InCloud, tally.Ended),
        Utility = tally.Utility,
        DeadlineMs = _types[type].DeadlineMs,
        EdgeSeenMs = TypeTally.Percentile95(tally.EdgeMs),
        EdgeBelievedMs = tally.EdgeBelievedMs,
        CloudSeenMs = TypeTally.Percentile95(tally.CloudMs),
        CloudBelievedMs = tally.CloudBelievedMs,
        WindowCompletion = state.LastCompletion[type] is { } completion ? Math.Round(completion, 4) : null,
        WindowBonus = state.LastCompletion[type] is null ? null : bonus,
        Variants =
        [
            .. tally.Variants.Select(variant => new VariantShare
            {
                Variant = variant.Key,
                Share = Share(variant.Value, tally.OnEdge),
                EdgeMs = tally.Profiled.TryGetValue(variant.Key, out double profiled) ? profiled : null,
            }),
        ],
    };

    /// <summary>The bonus of the windows that have ended by now, the most that they could have earned, and each type's
    /// bonus of the last one.</summary>
    private (long Earned, long Most, int[] Last) Settle(BookState state, DateTimeOffset end)
    {
        long earned = 0, most = 0;
        int[] last = [.. state.LastCompletion.Select((completion, type) => completion >= options.WindowRate ? _types[type].QoeBonus : 0)];
        long firstOpen = state.Open.Values.Select(segment => segment.Time.UtcTicks / _window).DefaultIfEmpty(long.MaxValue).Min();
        foreach ((long index, WindowTally window) in state.Windows.Where(item => item.Key < firstOpen && (item.Key + 1) * _window <= end.UtcTicks).ToArray())
        {
            state.Windows.Remove(index);
            for (int type = 0; type < _types.Count; type++)
            {
                if (window.Ended[type] == 0)
                {
                    state.LastCompletion[type] = null;
                    continue;
                }

                state.LastCompletion[type] = (double)window.Done[type] / window.Ended[type];
                last[type] = window.Done[type] >= options.WindowRate * window.Ended[type] ? _types[type].QoeBonus : 0;
                earned += last[type];
                most += _types[type].QoeBonus;
            }
        }

        return (earned, most, last);
    }

    private static double Share(int part, int whole) => whole == 0 ? 0 : Math.Round((double)part / whole, 4);
}

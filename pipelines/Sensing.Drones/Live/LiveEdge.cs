using System.Diagnostics;
using System.Threading.Channels;
using Sensing.Drones.Events;
using Sensing.Scheduling;

namespace Sensing.Drones.Live;

/// <summary>One edge in real time: the scheduling core on a clock, an accelerator that runs one task at a time, and the
/// cloud.</summary>
/// <remarks>
/// The same core and the same policies as in the simulator. What happens (a segment comes, a run or a call ends, a wake
/// is due) is fed to the core under one lock, at the present; no decision waits for a model. At its deadline a run or a
/// call is cancelled: its end is censored.
/// </remarks>
public sealed class LiveEdge : IExecutor, IAsyncDisposable
{
    private readonly Lock _gate = new();
    private readonly LiveEdgeOptions _options;
    private readonly ITaskEngine _engine;
    private readonly bool _ownsEngine;
    private readonly ICloudCaller? _cloud;
    private readonly EdgeProfile _profile;
    private readonly TimeProvider _time;
    private readonly SchedulingCore _core;
    private readonly Dictionary<int, LiveTask> _open = [];
    private readonly Dictionary<string, int> _drones = new(StringComparer.Ordinal);
    private readonly List<LiveTask> _dropped = [];
    private readonly Channel<LiveTask> _edgeWork = Channel.CreateBounded<LiveTask>(1);
    private readonly CancellationTokenSource _stop = new();
    private readonly DecisionTimes _decisions = new();
    private readonly Thread _worker;
    private readonly ITimer _timer;
    private readonly long _start;
    private int _next;
    private Exception? _failure;

    /// <param name="options">Types and windows.</param>
    /// <param name="policy">A fresh policy.</param>
    /// <param name="engine">The accelerator.</param>
    /// <param name="cloud">The cloud; disposed with the edge. Null: there is none, and a task sent there fails at
    /// once.</param>
    /// <param name="profile">Times of the variants; kept up to date.</param>
    /// <param name="time">The clock.</param>
    /// <param name="ownsEngine">Whether the accelerator is disposed with the edge.</param>
    public LiveEdge(
        LiveEdgeOptions options, SchedulingPolicy policy, ITaskEngine engine, ICloudCaller? cloud, EdgeProfile profile, TimeProvider time,
        bool ownsEngine = true)
    {
        _options = options;
        _engine = engine;
        _ownsEngine = ownsEngine;
        _cloud = cloud;
        _profile = profile;
        _time = time;
        _start = time.GetTimestamp();
        _core = new SchedulingCore(options.Types, policy, this, options.Qoe, OnTrace);
        _timer = time.CreateTimer(_ => Wake(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _worker = new Thread(WorkOnEdge) { IsBackground = true, Name = "drone tasks" };
        _worker.Start();
    }

    /// <summary>The account so far.</summary>
    public UtilityAccount Account
    {
        get
        {
            lock (_gate)
            {
                return _core.Account;
            }
        }
    }

    /// <summary>99th percentile of the latest decisions, ms; null before the first.</summary>
    public double? DecisionMs
    {
        get
        {
            lock (_gate)
            {
                return _decisions.Percentile99();
            }
        }
    }

    /// <summary>µs since the edge was made: the scheduler's time.</summary>
    public long Now => (long)_time.GetElapsedTime(_start).TotalMicroseconds;

    /// <summary>Hands a task over and waits for its end. The first of a segment's tasks hands over all of them, at one
    /// instant.</summary>
    public async Task<TaskResult> RunAsync(TaskRequest request, CancellationToken cancellation)
    {
        LiveTask live;
        lock (_gate)
        {
            if (_failure is { } failure)
            {
                throw new SchedulingException($"the scheduler has stopped: {failure.Message}");
            }

            live = (request.Segment.Tasks ??= HandOver(request.Segment))[request.Index];
            if (live.Task.State == TaskState.Announced)
            {
                Decide(_ => Arrive(request.Segment));
            }
        }

        using CancellationTokenRegistration ended = cancellation.Register(() => live.End.TrySetCanceled(cancellation));
        return await live.End.Task.ConfigureAwait(false);
    }

    void IExecutor.StartOnEdge(InferenceTask task)
    {
        LiveTask live = _open[task.Id];
        live.Place = TaskPlace.Edge;
        live.Variant = VariantOf(live);
        live.Stop.CancelAfter(Until(task.Deadline));
        _edgeWork.Writer.TryWrite(live);
    }

    void IExecutor.SendToCloud(InferenceTask task)
    {
        LiveTask live = _open[task.Id];
        live.Place = TaskPlace.Cloud;
        live.Stop.CancelAfter(Until(task.Deadline));
        _ = Task.Run(() => CallCloudAsync(live), CancellationToken.None);
    }

    void IExecutor.Cancel(InferenceTask task) => _open[task.Id].Stop.Cancel();

    public async ValueTask DisposeAsync()
    {
        await _timer.DisposeAsync().ConfigureAwait(false);
        LiveTask[] rest;
        lock (_gate)
        {
            if (_stop.IsCancellationRequested)
            {
                return;
            }

            _stop.Cancel();
            rest = [.. _open.Values];
        }

        foreach (LiveTask live in rest)
        {
            await live.Stop.CancelAsync().ConfigureAwait(false);
            live.End.TrySetCanceled(CancellationToken.None);
        }

        _edgeWork.Writer.TryComplete();
        await Task.Run(_worker.Join).ConfigureAwait(false);
        if (_ownsEngine)
        {
            _engine.Dispose();
        }

        if (_cloud is not null)
        {
            await _cloud.DisposeAsync().ConfigureAwait(false);
        }

        _stop.Dispose();
    }

    private LiveTask[] HandOver(SegmentWork segment)
    {
        if (!_drones.TryGetValue(segment.Drone, out int drone))
        {
            _drones[segment.Drone] = drone = _drones.Count;
        }

        long now = Math.Max(Now, _core.Now);
        return [.. segment.Order.Select(type => new LiveTask(
            segment, _options.Kinds[type], new InferenceTask(_next++, type, _options.Types[type], drone, now)))];
    }

    private void Arrive(SegmentWork segment)
    {
        foreach (LiveTask live in segment.Tasks!)
        {
            // The scheduler may run it after whoever asked for it has gone.
            segment.Retain();
            _open.Add(live.Task.Id, live);
            _core.Arrive(live.Task);
        }
    }

    /// <summary>Feeds the core at the present, wakes the policy where that is due, and ends what was dropped.</summary>
    private void Decide(Action<long> happened)
    {
        if (_stop.IsCancellationRequested || _failure is not null)
        {
            return;
        }

        long began = Stopwatch.GetTimestamp();
        try
        {
            happened(Math.Max(Now, _core.Now));

            // What a policy wants to decide behind the last task of an instant, it decides at that instant.
            while (_core.NextWake <= Math.Max(Now, _core.Now))
            {
                _core.Wake(Math.Max(_core.NextWake, _core.Now));
            }
        }
#pragma warning disable CA1031 // A policy that breaks a rule must not take the program with it, whichever thread it is on.
        catch (Exception error)
#pragma warning restore CA1031
        {
            Fail(error);
            return;
        }

        _decisions.Add(Stopwatch.GetTimestamp() - began);
        foreach (LiveTask dropped in _dropped)
        {
            Finish(dropped, TaskFate.Dropped, 0);
        }

        _dropped.Clear();
        if (_core.NextWake < long.MaxValue)
        {
            // Timers count in ms: a little late rather than twice.
            _timer.Change(TimeSpan.FromMicroseconds(Math.Max(1000, _core.NextWake - Now)), Timeout.InfiniteTimeSpan);
        }
    }

    /// <summary>Nothing is decided any more; every task, those to come as well, fails with the reason.</summary>
    private void Fail(Exception error)
    {
        _failure = error;
        foreach (LiveTask live in _open.Values)
        {
            live.Stop.Cancel();
            live.End.TrySetException(error);
        }

        _open.Clear();
    }

    private void Wake()
    {
        lock (_gate)
        {
            Decide(_ => { });
        }
    }

    private TimeSpan Until(long time) => TimeSpan.FromMicroseconds(Math.Max(1000, time - Now));

    /// <summary>The variant that the task is planned with; where nothing else waits for the edge, the best that is in
    /// time.</summary>
    private TaskVariant VariantOf(LiveTask live)
    {
        IReadOnlyList<TaskVariant> variants = _engine.VariantsOf(live.Kind);
        TaskVariant best = variants[0];
        if (_core.Open > 1)
        {
            return best;
        }

        foreach (TaskVariant variant in variants)
        {
            if (variant.Quality > best.Quality && _profile.Percentile95(live.Kind, variant) is { } took && _core.Now + took <= live.Task.Deadline)
            {
                best = variant;
            }
        }

        return best;
    }

    private void WorkOnEdge()
    {
        while (_edgeWork.Reader.WaitToReadAsync().AsTask().GetAwaiter().GetResult())
        {
            while (_edgeWork.Reader.TryRead(out LiveTask? live))
            {
                RunOutcome outcome = RunOne(live);
                lock (_gate)
                {
                    Decide(now =>
                    {
                        _core.EdgeFinished(now, outcome);
                        End(live, outcome, now);
                    });
                }
            }
        }
    }

    private RunOutcome RunOne(LiveTask live)
    {
        try
        {
            long began = _time.GetTimestamp();
            live.Run = _engine.Run(live.Segment, live.Kind, live.Variant!, live.Stop.Token);
            if (!live.Run.IsShared)
            {
                _profile.Add(live.Kind, live.Variant!, (long)_time.GetElapsedTime(began).TotalMicroseconds);
            }

            live.Jpeg = LivePicture.Of(live);
            return RunOutcome.Succeeded;
        }
        catch (OperationCanceledException)
        {
            live.Problem = "cancelled at the deadline";
            return RunOutcome.Censored;
        }
#pragma warning disable CA1031 // A run that breaks costs its task, not the edge.
        catch (Exception error)
#pragma warning restore CA1031
        {
            live.Problem = error.Message;
            return RunOutcome.Failed;
        }
    }

    private async Task CallCloudAsync(LiveTask live)
    {
        RunOutcome outcome = RunOutcome.Succeeded;
        try
        {
            ICloudCaller cloud = _cloud ?? throw new CloudCallException("no cloud is configured");
            live.Run = new TaskRun(await cloud.CallAsync(live.Segment, live.Kind, Until(live.Task.Deadline), live.Stop.Token).ConfigureAwait(false));
            live.Jpeg = LivePicture.Of(live);
        }
        catch (OperationCanceledException)
        {
            (outcome, live.Problem) = (RunOutcome.Censored, "cancelled at the deadline");
        }
#pragma warning disable CA1031 // A call that breaks costs its task, not the edge.
        catch (Exception error)
#pragma warning restore CA1031
        {
            (outcome, live.Problem) = (RunOutcome.Failed, error.Message);
        }

        lock (_gate)
        {
            Decide(now =>
            {
                _core.CloudFinished(live.Task, now, outcome);
                End(live, outcome, now);
            });
        }
    }

    private void End(LiveTask live, RunOutcome outcome, long now) => Finish(
        live,
        live.Task.State == TaskState.Completed ? TaskFate.Done : outcome == RunOutcome.Succeeded ? TaskFate.Late : TaskFate.Failed,
        now - live.Task.StartedAt);

    private void Finish(LiveTask live, TaskFate fate, long took)
    {
        InferenceTask task = live.Task;
        bool edge = live.Place == TaskPlace.Edge, ran = fate != TaskFate.Dropped;
        int gain = edge ? task.Type.EdgeUtility : task.Type.CloudUtility, cost = edge ? task.Type.EdgeCost : task.Type.CloudCost;
        _open.Remove(task.Id);
        live.Stop.Dispose();
        live.Segment.Release();
        live.End.TrySetResult(new TaskResult
        {
            Fate = fate,
            Place = live.Place,
            Variant = live.Variant?.Name,
            LatencyMs = Milliseconds(_core.Now - task.Release),
            RanMs = ran ? Milliseconds(took) : null,
            BelievedMs = ran ? Milliseconds(live.Believed) : null,
            ProfiledMs = live.Variant is { } variant && _profile.Percentile95(live.Kind, variant) is { } profiled ? Milliseconds(profiled) : null,
            Stolen = task.Move == TaskMove.Stolen,
            Migrated = task.Move == TaskMove.Migrated,
            Utility = fate == TaskFate.Done ? gain : ran ? -cost : 0,
            Problem = live.Problem,
            Findings = fate == TaskFate.Done ? live.Run?.Findings : null,
            Jpeg = live.Jpeg,
            SharedRun = live.Run?.IsShared ?? false,
            DecisionMs = _decisions.Percentile99() is { } decision ? Math.Round(decision, 4) : null,
            LinkMbits = _cloud?.LinkMbits is { } link ? Math.Round(link, 2) : null,
            Cloud = _cloud?.State,
        });
    }

    private static double Milliseconds(long microseconds) => Math.Round(microseconds / 1000.0, 3);

    private void OnTrace(TraceEntry entry)
    {
        _options.Trace?.Invoke(entry);
        switch (entry.Kind)
        {
            case TraceKind.Dropped:
                _dropped.Add(_open[entry.TaskId]);
                break;
            case TraceKind.StartedOnEdge or TraceKind.SentToCloud:
                _open[entry.TaskId].Believed = entry.Expected;
                break;
        }
    }
}

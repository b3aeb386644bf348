namespace Sensing.Scheduling.Policies;

/// <summary>
/// DEMS-A: DEMS whose expected cloud time follows the last w calls of each type. A type that is refused the cloud because
/// of what was learned cools for t_cp and is then tried at its default once more.
/// </summary>
public sealed class DemsAPolicy(DemsOptions options) : DemsPolicy(options)
{
    private CloudMemory[] _memories = [];

    public DemsAPolicy()
        : this(DemsOptions.Adaptive)
    {
    }

    public override string Name => "DEMS-A";

    public override void OnCloudFinished(InferenceTask task, long took)
    {
        CloudMemory memory = _memories[task.TypeIndex];
        if (task.State == TaskState.Completed)
        {
            memory.CoolsUntil = null;
        }

        if (task.Outcome == RunOutcome.Failed)
        {
            // A refusal says nothing about the time that a call takes.
            return;
        }

        memory.Add(took, Options.AdaptationWindow);
        long mean = memory.Mean();
        if (Math.Abs(mean - memory.Expected) > Options.AdaptationThreshold)
        {
            memory.Expected = mean;
        }
    }

    protected override void OnAttached() =>
        _memories = [.. Schedule.Types.Select(type => new CloudMemory { Expected = type.CloudTime })];

    protected override long ExpectedCloudTime(InferenceTask task) => _memories[task.TypeIndex].Expected;

    /// <summary>As learned; once a type has cooled, at its default again.</summary>
    protected internal override bool CloudPays(InferenceTask task) =>
        base.CloudPays(task) || (OnlyTheLearnedTimeRefuses(task) && Schedule.Now >= _memories[task.TypeIndex].CoolsUntil);

    protected override void Offload(InferenceTask task)
    {
        Probe(task);
        base.Offload(task);
    }

    protected override void Send(InferenceTask task)
    {
        Probe(task);
        base.Send(task);
    }

    /// <summary>Where only what was learned says no, the type cools.</summary>
    protected override void Refuse(InferenceTask task)
    {
        if (OnlyTheLearnedTimeRefuses(task))
        {
            _memories[task.TypeIndex].CoolsUntil ??= Schedule.Now + Options.CoolingPeriod;
        }

        base.Refuse(task);
    }

    /// <summary>Once it has cooled, it is taken at its default again.</summary>
    private void Probe(InferenceTask task)
    {
        if (!base.CloudPays(task) && CloudPays(task))
        {
            _memories[task.TypeIndex].Forget(task.Type.CloudTime);
        }
    }

    /// <summary>The cloud would pay at its default time.</summary>
    private bool OnlyTheLearnedTimeRefuses(InferenceTask task) =>
        task.Type.CloudUtility > 0 && Schedule.Now + task.Type.CloudTime <= task.Deadline;

    private sealed class CloudMemory
    {
        private readonly Queue<long> _times = new();

        public long Expected { get; set; }

        public long? CoolsUntil { get; set; }

        public void Add(long took, int window)
        {
            _times.Enqueue(took);
            if (_times.Count > window)
            {
                _times.Dequeue();
            }
        }

        public long Mean() => _times.Sum() / _times.Count;

        /// <summary>Back to the default: the next call is the probe, and its time alone decides what is expected after it.</summary>
        public void Forget(long expected)
        {
            _times.Clear();
            Expected = expected;
            CoolsUntil = null;
        }
    }
}

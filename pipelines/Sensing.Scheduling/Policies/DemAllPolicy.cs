namespace Sensing.Scheduling.Policies;

/// <summary>DEM that sends every type to the cloud, also where a call costs more than its result is worth: the yardstick for QoE.</summary>
public sealed class DemAllPolicy : DemPolicy
{
    public override string Name => "DEM (all types)";

    protected internal override bool CloudPays(InferenceTask task) => Schedule.Now + ExpectedCloudTime(task) <= task.Deadline;
}

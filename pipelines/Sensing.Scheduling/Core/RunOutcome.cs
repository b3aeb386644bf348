namespace Sensing.Scheduling;

/// <summary>How a run on the edge or a call to the cloud ended, apart from whether it was in time.</summary>
public enum RunOutcome
{
    /// <summary>It brought a result, and its time is known.</summary>
    Succeeded,

    /// <summary>It was refused or broke: no result, and its time says nothing about how long a success takes.</summary>
    Failed,

    /// <summary>It was given up (timeout, cancelled): no result, and a success would have taken at least as long.</summary>
    Censored,
}

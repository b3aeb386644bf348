using Sensing.Configuration;
using Sensing.Marine.SignalK;

namespace Sensing.Marine;

/// <summary>The watch on a vessel's bridge: own ship, targets, encounters.</summary>
public sealed record MarineOptions : ICheckedOptions
{
    [Option("Own ship's MMSI: never a target (default: as own ship's transponder sends it in VDO sentences).", Min = 1, Max = 999999999, Example = "211000001")]
    public int? Mmsi { get; init; }

    [Option("Where own ship is: limits that suit the place. The limits below go over the profile's.")]
    public WatchProfile Profile { get; init; } = WatchProfile.Coast;

    [Option("Closest approach below which there is a warning and encounters are classified, m (default: the profile's).", Above = 0, Max = 50000)]
    public double? WarningCpaM { get; init; }

    [Option("Time to the closest approach below which there is a warning, s (default: the profile's).", Above = 0, Max = 14400)]
    public double? WarningTcpaSeconds { get; init; }

    [Option("Closest approach below which there is an alarm, m (default: the profile's).", Above = 0, Max = 50000)]
    public double? AlarmCpaM { get; init; }

    [Option("Time to the closest approach below which there is an alarm, s (default: the profile's).", Above = 0, Max = 14400)]
    public double? AlarmTcpaSeconds { get; init; }

    [Option("Slower targets raise no alert of a closest approach, kn (default: the profile's).", Min = 0, Max = 30)]
    public double? MinTargetSpeedKn { get; init; }

    [Option("Rule 19 in place of rules 13 to 18: nobody stands on.")]
    public bool RestrictedVisibility { get; init; }

    [Option("Radius of the guard zone, m: a confirmed target in it is an alarm, whatever its course (default: no guard zone).", Above = 0, Max = 50000)]
    public double? GuardZoneM { get; init; }

    [Option("Anchor watch (default: none).")]
    public AnchorOptions? Anchor { get; init; }

    [Option("Targets that are left out of everything but distress.", Max = 1000, Example = "[211000002]")]
    public int[] MutedMmsi { get; init; } = [];

    [Option("Targets that are tracked at most; a new one takes the place of that with the oldest report.", Min = 10, Max = 10000)]
    public int MaxTargets { get; init; } = 1000;

    [Option("Output of closest approaches and alarms to a Signal K server (default: none).")]
    public SignalKOptions? SignalK { get; init; }

    [Option("What is reported besides encounters.")]
    public MarineReportOptions Report { get; init; } = new();

    public IEnumerable<ConfigurationProblem> Check()
    {
        if (AlarmCpaM > WarningCpaM)
        {
            yield return new ConfigurationProblem("alarmCpaM", $"must be at most warningCpaM ({WarningCpaM})");
        }

        if (AlarmTcpaSeconds > WarningTcpaSeconds)
        {
            yield return new ConfigurationProblem("alarmTcpaSeconds", $"must be at most warningTcpaSeconds ({WarningTcpaSeconds})");
        }
    }
}

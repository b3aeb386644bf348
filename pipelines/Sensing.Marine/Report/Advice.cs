using Sensing.Marine.Encounters;
using Sensing.Marine.Vessels;
using Sensing.Marine.Watch;

namespace Sensing.Marine.Report;

/// <summary>Class, duty and rule in words.</summary>
internal static class Advice
{
    public static string Of(EncounterTrack encounter, int targetStatus, bool restrictedVisibility) => encounter.Class switch
    {
        EncounterClass.None => OfLevel(encounter),
        _ when restrictedVisibility => "Restricted visibility: take avoiding action in ample time, rule 19",
        EncounterClass.HeadOn when encounter.Duty == EncounterDuty.GiveWay => $"Head-on with a vessel {Status(targetStatus)}: keep out of the way, rule 18",
        EncounterClass.HeadOn => "Head-on: alter course to starboard, rule 14",
        EncounterClass.Overtaking => "Overtaking: keep out of the way until past and clear, rule 13",
        EncounterClass.BeingOvertaken when encounter.Duty == EncounterDuty.GiveWay => $"Being overtaken by a vessel {Status(targetStatus)}: keep out of the way, rule 18",
        EncounterClass.BeingOvertaken => "Being overtaken: stand on, rules 13 and 17",
        EncounterClass.CrossingGiveWay when NavigationStatus.Rank(targetStatus) < 3 => $"Crossing a vessel {Status(targetStatus)}: give way, rule 18",
        EncounterClass.CrossingGiveWay => "Crossing, target to starboard: give way, rule 15",
        _ => "Crossing, target to port: stand on, rule 17",
    };

    public static string OfAnchor(bool drags, double distanceM) =>
        FormattableString.Invariant($"{(drags ? "Anchor drags" : "Anchor holds")}: {distanceM:0} m from the anchor");

    private static string OfLevel(EncounterTrack encounter) => encounter.Reason switch
    {
        _ when encounter.Level == AlertLevel.None => "No risk of collision",
        AlertReason.Distress => "Distress beacon: search and rescue",
        AlertReason.GuardZone => "Target in the guard zone",
        _ => "Close approach",
    };

    private static string Status(int status) => status switch
    {
        NavigationStatus.NotUnderCommand => "not under command",
        NavigationStatus.RestrictedManoeuvrability => "restricted in her ability to manoeuvre",
        NavigationStatus.Fishing => "engaged in fishing",
        _ => "under sail",
    };
}

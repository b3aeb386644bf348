using Sensing.Marine.Encounters;

namespace Sensing.Marine.Watch;

/// <summary>Limits of both levels, and the slowest target that alarms.</summary>
/// <param name="Warning">The first level; encounters are classified within it.</param>
/// <param name="Alarm">The second level.</param>
/// <param name="MinTargetSpeedMs">Slower targets raise no alert of a closest approach.</param>
internal readonly record struct WatchLimits(RiskLimits Warning, RiskLimits Alarm, double MinTargetSpeedMs)
{
    private const double Mile = 1852, KnotMs = Mile / 3600;

    /// <summary>The limits of the options, those of the profile where an option is absent.</summary>
    public static WatchLimits Of(MarineOptions options)
    {
        WatchLimits profile = Of(options.Profile);
        return new WatchLimits(
            new RiskLimits(options.WarningCpaM ?? profile.Warning.CpaM, options.WarningTcpaSeconds ?? profile.Warning.TcpaS),
            new RiskLimits(options.AlarmCpaM ?? profile.Alarm.CpaM, options.AlarmTcpaSeconds ?? profile.Alarm.TcpaS),
            options.MinTargetSpeedKn is { } knots ? knots * KnotMs : profile.MinTargetSpeedMs);
    }

    private static WatchLimits Of(WatchProfile profile) => profile switch
    {
        WatchProfile.Anchor or WatchProfile.Harbour =>
            new WatchLimits(new RiskLimits(0.25 * Mile, 600), new RiskLimits(0.1 * Mile, 300), KnotMs),
        WatchProfile.Coast => new WatchLimits(new RiskLimits(Mile, 1200), new RiskLimits(0.5 * Mile, 600), 0.5 * KnotMs),
        _ => new WatchLimits(new RiskLimits(2 * Mile, 1800), new RiskLimits(Mile, 1200), 0),
    };
}

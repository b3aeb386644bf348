namespace Sensing.Marine.Targets;

/// <summary>Reports that confirm a target, and times without one after which it is lost and removed.</summary>
/// <param name="Reports">Reports that confirm it.</param>
/// <param name="WithinS">Time within which they must come, s.</param>
/// <param name="LostS">s.</param>
/// <param name="RemovedS">s.</param>
internal readonly record struct TargetTimes(int Reports, double WithinS, double LostS, double RemovedS)
{
    /// <summary>By kind, after what boaters' displays use; a vessel of class A at anchor reports every 3 min, an aid every 3 min or less.</summary>
    public static TargetTimes Of(TargetKind kind) => kind switch
    {
        TargetKind.ClassA => new TargetTimes(2, 360, 360, 540),
        TargetKind.ClassB => new TargetTimes(3, 180, 360, 540),
        TargetKind.Aid => new TargetTimes(1, 900, 900, 3600),
        TargetKind.BaseStation or TargetKind.SarAircraft => new TargetTimes(1, 30, 30, 180),

        // One burst of eight messages a minute, heard in part.
        TargetKind.Sart or TargetKind.Mob or TargetKind.Epirb => new TargetTimes(1, 360, 360, 3600),

        // A radar reports each target with every turn of its antenna, about every 3 s.
        _ => new TargetTimes(3, 30, 20, 60),
    };
}

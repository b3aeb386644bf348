namespace Sensing.Marine.Navigation;

/// <summary>What a line said.</summary>
internal enum ReadingKind
{
    /// <summary>Nothing that is used; time has come on all the same.</summary>
    Nothing,

    /// <summary>An AIS message.</summary>
    Ais,

    /// <summary>Own ship's position, and its speed and course where the sentence has them.</summary>
    Position,

    /// <summary>Own ship's speed and course.</summary>
    Course,

    /// <summary>Own ship's true heading.</summary>
    Heading,

    /// <summary>Own ship's rate of turn.</summary>
    Turn,

    /// <summary>Own ship's speed by its log.</summary>
    Log,

    /// <summary>A target of the radar, relative to own ship.</summary>
    RadarTarget,

    /// <summary>A target of the radar with its position.</summary>
    RadarPosition,

    /// <summary>A person's command about a target.</summary>
    Command,
}

namespace Sensing.Das;

/// <summary>Directions in which vehicles are looked for.</summary>
public enum Directions
{
    /// <summary>Both ways.</summary>
    Both,

    /// <summary>Towards larger distance alone.</summary>
    Increasing,

    /// <summary>Towards smaller distance alone.</summary>
    Decreasing,
}

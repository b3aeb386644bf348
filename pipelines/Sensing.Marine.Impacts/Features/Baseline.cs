namespace Sensing.Marine.Impacts.Features;

/// <summary>What a window is measured from: what it holds besides an event, by where the sensor is.</summary>
public enum Baseline
{
    /// <summary>Level and trend are taken off: a vessel, which gravity, trim and the slope of a wave accelerate.</summary>
    Trend,

    /// <summary>The level is taken off: a craft without waves.</summary>
    Level,

    /// <summary>The level is taken off and is a feature of its own: a sensor of force, whose level is a load.</summary>
    Load,
}

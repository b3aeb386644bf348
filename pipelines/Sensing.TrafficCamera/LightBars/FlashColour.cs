namespace Sensing.TrafficCamera.LightBars;

/// <summary>Colour of flashes.</summary>
public enum FlashColour
{
    /// <summary>White, or saturated by its brightness.</summary>
    White,
    Blue,
    Red,
}

namespace Sensing.TrafficCamera.Sight.Degradations;

/// <summary>Makes degradations by name.</summary>
public static class Degradation
{
    /// <param name="kind">What to lay over the frames.</param>
    /// <param name="strength">0: nothing … 1: as bad as a camera is expected to work.</param>
    /// <param name="width">Width of the frames, pixels.</param>
    /// <param name="height">Height of the frames, pixels.</param>
    /// <param name="seed">Of rain, noise and shaking.</param>
    /// <param name="depth">Distance of what each row shows; null: a camera that looks along a road.</param>
    public static IFrameDegradation Of(
        DegradationKind kind, double strength, int width, int height, long seed = 1, RowDepth? depth = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(strength, 0);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(strength, 1);
        RowDepth rows = depth ?? RowDepth.AlongRoad(height);
        return kind switch
        {
            DegradationKind.Haze => AtmosphericVeil.Haze(strength, height, rows),
            DegradationKind.Fog => AtmosphericVeil.Fog(strength, height, rows),
            DegradationKind.Night => new NightSensor(strength, width, seed),
            DegradationKind.Rain => new RainStreaks(strength, width, height, seed),
            DegradationKind.Shake => new Shake(8 * strength, seed),
            _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "unknown degradation"),
        };
    }
}

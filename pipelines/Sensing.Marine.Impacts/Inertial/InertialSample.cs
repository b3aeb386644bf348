using Sensing.Streams;

namespace Sensing.Marine.Impacts.Inertial;

/// <summary>One reading of an inertial sensor.</summary>
/// <param name="Time">Sensor time, UTC.</param>
/// <param name="Motion">What it reads.</param>
public sealed record InertialSample(DateTimeOffset Time, Motion6 Motion) : ITimed
{
    /// <summary>Zero: a reading is an instant.</summary>
    public TimeSpan Duration => TimeSpan.Zero;
}

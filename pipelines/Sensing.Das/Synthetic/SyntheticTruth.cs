using Sensing.Das.Events;

namespace Sensing.Das.Synthetic;

/// <summary>What really happens in a stretch of a synthetic recording.</summary>
public sealed record SyntheticTruth
{
    public required string Scenario { get; init; }

    public required long Seed { get; init; }

    /// <summary>Time of sample 0.</summary>
    public required DateTimeOffset Epoch { get; init; }

    /// <summary>Length of the recording, s.</summary>
    public required double DurationSeconds { get; init; }

    public required double SnrDb { get; init; }

    /// <summary>Ends of the section: the first and the last channel, m.</summary>
    public required double SectionStartM { get; init; }

    public required double SectionEndM { get; init; }

    /// <summary>Where reference times are taken, m.</summary>
    public required double ReferenceM { get; init; }

    /// <summary>Channels without signal and what is wrong with them.</summary>
    public required IReadOnlyDictionary<int, DeadChannelKind> DeadChannels { get; init; }

    /// <summary>Channels that lose their signal for seconds at a time.</summary>
    public required IReadOnlyList<int> FadingChannels { get; init; }

    /// <summary>Every vehicle that is within the section at some instant of the recording, in order of entry.</summary>
    public required IReadOnlyList<TruthVehicle> Vehicles { get; init; }

    internal static TruthVehicle? Describe(SyntheticVehicle vehicle, double startM, double endM, double referenceM, double durationSeconds)
    {
        bool up = vehicle.Direction == TravelDirection.Increasing;
        double firstM = up ? startM : endM;
        double lastM = up ? endM : startM;
        if (vehicle.Trajectory.TimeAt(firstM) is not { } enters || enters >= durationSeconds)
        {
            return null;
        }

        double leaves = vehicle.Trajectory.TimeAt(lastM) ?? vehicle.Trajectory.EndSeconds;
        double entry = Math.Max(0, enters), exit = Math.Min(durationSeconds, leaves);
        if (exit <= entry)
        {
            return null;
        }

        double from = vehicle.Trajectory.At(entry).PositionM, to = vehicle.Trajectory.At(exit).PositionM;
        double? reference = vehicle.Trajectory.TimeAt(referenceM) is { } t && t >= 0 && t < durationSeconds ? t : null;
        return new TruthVehicle
        {
            Id = vehicle.Id,
            Direction = vehicle.Direction,
            Class = vehicle.Class,
            EntrySeconds = entry,
            ExitSeconds = exit,
            StartM = from,
            EndM = to,
            Complete = enters >= 0 && leaves <= durationSeconds,
            MeanSpeedKmh = Math.Abs(to - from) / (exit - entry) * 3.6,
            ReferenceSeconds = reference,
            ReferenceSpeedKmh = reference is { } r ? Math.Abs(vehicle.Trajectory.At(r).VelocityMs) * 3.6 : null,
            Stops = vehicle.Stops,
            TurnsOff = vehicle.TurnsOff,
            LengthM = vehicle.LengthM,
            MassKg = vehicle.WeightN / 9.81,
            Axles = vehicle.Axles,
            OffsetM = vehicle.OffsetM,
            Trajectory = vehicle.Trajectory.Segments,
        };
    }
}

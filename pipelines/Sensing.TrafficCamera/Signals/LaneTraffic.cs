using Sensing.Steps;
using Sensing.Streams;

namespace Sensing.TrafficCamera.Signals;

/// <summary>One lane as the rules see it: its queue, also beyond the view, its arrivals and what each phase discharges.</summary>
internal sealed class LaneTraffic : IResumable
{
    /// <summary>Length that a standing car takes with its gap, m (HCM 6th edition, exhibit 31-27: 25 ft = 7.6 m; 6 m to 8 m elsewhere).</summary>
    public const double SpacingM = 7;

    /// <summary>Saturation flow of a lane, vehicles/s: 1,800 an hour (HCM: base 1,900 passenger cars an hour and lane).</summary>
    public const double SaturationPerSecond = 0.5;

    /// <summary>Time without a discharge after which a queue with a permissive green is held up by a vehicle that must yield, s.</summary>
    private const double BlockedSeconds = 5;

    private const double ArrivalMemorySeconds = 300;
    private const double SaturationMemorySeconds = 60;
    private const double MostHidden = 50;

    private readonly double _room;
    private readonly double[] _share;
    private readonly double[] _saturation;
    private double _stalled;
    private bool _seen;

    /// <param name="visibleM">Length that the camera sees, m.</param>
    /// <param name="shares">Share of the lane's movements that each phase serves, 0 to 1: what the saturation flow starts from.</param>
    public LaneTraffic(double visibleM, double[] shares)
    {
        _room = visibleM / SpacingM;
        _share = shares;
        _saturation = [.. shares.Select(share => share * SaturationPerSecond)];
    }

    /// <summary>Vehicles in view.</summary>
    public double Visible { get; private set; }

    /// <summary>Vehicles in a queue that reaches beyond the view, as inflow and time suggest.</summary>
    public double Hidden { get; private set; }

    public double Waiting => Visible + Hidden;

    /// <summary>Mean arrivals, vehicles/s.</summary>
    public double Arrivals { get; private set; } = 0.05;

    /// <summary>The first vehicle waits for a protected green.</summary>
    public bool Blocked { get; private set; }

    /// <summary>What a phase discharges while there is a queue, vehicles/s.</summary>
    public double Saturation(int phase) => _saturation[phase];

    /// <summary>Takes a reading.</summary>
    /// <param name="reading">What the camera sees.</param>
    /// <param name="seconds">Time since the last one.</param>
    /// <param name="phase">The phase that has been green for all this time and for longer than start-up takes; −1: none.</param>
    /// <param name="open">Whether the lane has a green in it.</param>
    /// <param name="yields">Whether one of the lane's movements must yield in it.</param>
    /// <returns>False where nothing usable is in it.</returns>
    public bool Take(LaneReading reading, double seconds, int phase, bool open, bool yields)
    {
        if (Vehicles(reading) is not { } visible)
        {
            return false;
        }

        double before = Visible;
        double passed = Usable(reading.Passed, _room) ?? Math.Max(0, before - visible);
        Visible = visible;
        if (!_seen || seconds <= 0)
        {
            _seen = true;
            return true;
        }

        double inflow = Math.Max(0, visible - before + passed);
        double standing = Usable(reading.Queue, 2 * _room) ?? Usable(reading.QueueM, 1e4) / SpacingM ?? visible;
        UpdateHidden(inflow, standing, seconds);
        double arrived = Math.Min(inflow / seconds, 2 * SaturationPerSecond);
        Arrivals += (arrived - Arrivals) * (1 - Math.Exp(-seconds / ArrivalMemorySeconds));
        if (passed >= 0.5)
        {
            _stalled = 0;
            Blocked = false;
        }
        else if (phase >= 0 && open && yields && visible >= 1)
        {
            _stalled += seconds;
            Blocked |= _stalled >= BlockedSeconds;
        }
        else if (visible < 0.5)
        {
            Blocked = false;
            _stalled = 0;
        }

        if (phase >= 0 && open && before >= 1.5)
        {
            double rate = Math.Min(passed / seconds, 2 * SaturationPerSecond);
            double updated = _saturation[phase] + ((rate - _saturation[phase]) * (1 - Math.Exp(-seconds / SaturationMemorySeconds)));
            // What a few slow starters show must not write a phase off: between a quarter and 1.5 times of the table's value.
            _saturation[phase] = Math.Clamp(updated, SaturationPerSecond * _share[phase] / 4, SaturationPerSecond * 1.5);
        }

        return true;
    }

    public void Save(BinaryWriter state)
    {
        state.WriteArray<double>(_saturation);
        state.WriteArray<double>([Visible, Hidden, Arrivals, _stalled]);
        state.Write(Blocked);
        state.Write(_seen);
    }

    public void Load(BinaryReader state)
    {
        state.ReadArray<double>(_saturation);
        var values = new double[4];
        state.ReadArray<double>(values);
        (Visible, Hidden, Arrivals, _stalled) = (values[0], values[1], values[2], values[3]);
        Blocked = state.ReadBoolean();
        _seen = state.ReadBoolean();
        if (_saturation.Concat(values).Any(value => !double.IsFinite(value) || value < 0))
        {
            throw new InvalidDataException("The saved state of a lane holds what is no plausible number: it is damaged.");
        }
    }

    /// <summary>A queue that fills the view goes on beyond it: it grows by mean arrivals and shrinks by what comes into view.</summary>
    private void UpdateHidden(double inflow, double standing, double seconds)
    {
        if (standing >= 0.85 * _room || Hidden > 0)
        {
            Hidden = Math.Clamp(Hidden + (Arrivals * seconds) - inflow, 0, MostHidden);
        }

        if (Visible < 0.4 * _room)
        {
            Hidden = 0;
        }
    }

    /// <summary>Vehicles in view, from the best of what there is.</summary>
    private double? Vehicles(LaneReading reading)
    {
        double most = 2 * _room;
        double? standing = Usable(reading.Queue, most) ?? Usable(reading.QueueM, 1e4) / SpacingM;
        double? all = Usable(reading.Count, most) ?? Usable(reading.DensityPerKm, 1000) * _room * SpacingM / 1000
            ?? Usable(reading.Index, 1) * _room * SpacingM / 5 ?? standing;
        return all is { } count ? Math.Min(most, Math.Max(count, standing ?? 0)) : null;
    }

    private static double? Usable(double? value, double most) => value is { } v && v >= 0 && v <= most ? v : null;
}

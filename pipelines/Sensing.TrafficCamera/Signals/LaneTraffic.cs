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

    /// <summary>Time without a discharge after which the first vehicle of a queue is known not to want what is green, s.</summary>
    private const double StallSeconds = 4;

    /// <summary>What a movement discharges that yields to dense traffic, vehicles/s: one at each change.</summary>
    private const double YieldingPerSecond = 0.05;

    private const double ArrivalMemorySeconds = 300;
    private const double SaturationMemorySeconds = 60;
    private const double MostHidden = 50;

    private readonly double _room;
    private readonly SignalAspect[][] _aspects;
    private readonly double[] _share;
    private readonly double[] _saturation;

    /// <summary>Whether the first vehicle may belong to each group of the lane, as far as is known.</summary>
    private readonly bool[] _head;
    private double _stalled;
    private double _standing;
    private bool _seen;

    /// <param name="visibleM">Length that the camera sees, m.</param>
    /// <param name="aspects">Aspects of the lane's groups in each phase.</param>
    public LaneTraffic(double visibleM, SignalAspect[][] aspects)
    {
        _room = visibleM / SpacingM;
        _aspects = aspects;

        // Which movement each vehicle wants is not known: each is as likely. One that yields gets half of its gaps.
        _share = [.. aspects.Select(phase => phase.Average(a => a switch { SignalAspect.Green => 1.0, SignalAspect.Permissive => 0.5, _ => 0 }))];
        _saturation = [.. _share.Select(share => share * SaturationPerSecond)];
        _head = [.. aspects[0].Select(_ => true)];
    }

    /// <summary>Vehicles in view.</summary>
    public double Visible { get; private set; }

    /// <summary>Vehicles in a queue that reaches beyond the view, as inflow and time suggest.</summary>
    public double Hidden { get; private set; }

    public double Waiting => Visible + Hidden;

    /// <summary>Whether vehicles of this lane are still in the junction.</summary>
    public bool Clearing { get; private set; }

    /// <summary>Mean arrivals, vehicles/s.</summary>
    public double Arrivals { get; private set; } = 0.05;

    /// <summary>Whether something is known of the movement that the first vehicle wants: it did not move where others would have.</summary>
    public bool HeadKnown { get; private set; }

    /// <summary>Share of the lane's movements that a phase serves, 0 to 1; one that yields counts half.</summary>
    public double Share(int phase) => _share[phase];

    /// <summary>What a phase discharges while there is a queue of vehicles of which nothing is known, vehicles/s.</summary>
    public double Saturation(int phase) => _saturation[phase];

    /// <summary>What a phase discharges until the first vehicle has left, vehicles/s.</summary>
    public double HeadRate(int phase)
    {
        if (!HeadKnown)
        {
            return _saturation[phase];
        }

        double best = 0;
        for (int group = 0; group < _head.Length; group++)
        {
            double rate = _aspects[phase][group] switch
            {
                SignalAspect.Green => SaturationPerSecond,
                SignalAspect.Permissive => YieldingPerSecond,
                _ => 0,
            };
            best = _head[group] ? Math.Max(best, rate) : best;
        }

        return best;
    }

    /// <summary>Takes a reading.</summary>
    /// <param name="reading">What the camera sees.</param>
    /// <param name="seconds">Time since the last one.</param>
    /// <param name="phase">The phase that has been green for all this time and for longer than start-up takes; −1: none.</param>
    /// <returns>False where nothing usable is in it.</returns>
    public bool Take(LaneReading reading, double seconds, int phase)
    {
        if (Vehicles(reading) is not { } visible)
        {
            return false;
        }

        Clearing = Usable(reading.Clearing, _room) >= 0.5;
        double before = Visible;
        double? crossed = Usable(reading.Passed, _room);
        double passed = crossed ?? Math.Max(0, before - visible);
        Visible = visible;
        if (!_seen || seconds <= 0)
        {
            _seen = true;
            return true;
        }

        // Signed: a count that wavers would look like arrivals if only its rises counted.
        double inflow = visible - before + passed;
        double standingBefore = _standing;
        _standing = Usable(reading.Queue, 2 * _room) ?? Usable(reading.QueueM, 1e4) / SpacingM ?? visible;
        UpdateHidden(inflow, seconds);
        double arrived = Math.Clamp(inflow, -_room, _room) / seconds;
        Arrivals = Math.Clamp(Arrivals + ((arrived - Arrivals) * (1 - Math.Exp(-seconds / ArrivalMemorySeconds))), 0, SaturationPerSecond);
        bool open = phase >= 0 && _share[phase] > 0;

        // Without counts at the stop line a steady flow cannot be told from a queue that stands still.
        if (crossed is not null)
        {
            UpdateHead(passed, open && visible >= 1 ? seconds : 0, phase);
        }

        if (crossed is not null && open && standingBefore >= 1)
        {
            double rate = Math.Min(passed / seconds, 2 * SaturationPerSecond);
            double updated = _saturation[phase] + ((rate - _saturation[phase]) * (1 - Math.Exp(-seconds / SaturationMemorySeconds)));

            // What a few slow starters show must not write a phase off.
            _saturation[phase] = Math.Clamp(updated, SaturationPerSecond * _share[phase] / 4, SaturationPerSecond * 1.5);
        }

        return true;
    }

    public void Save(BinaryWriter state)
    {
        state.WriteArray<double>(_saturation);
        state.WriteArray<double>([Visible, Hidden, Arrivals, _stalled, _standing]);
        state.WriteArray<bool>(_head);
        state.Write(HeadKnown);
        state.Write(Clearing);
        state.Write(_seen);
    }

    public void Load(BinaryReader state)
    {
        state.ReadArray<double>(_saturation);
        var values = new double[5];
        state.ReadArray<double>(values);
        (Visible, Hidden, Arrivals, _stalled, _standing) = (values[0], values[1], values[2], values[3], values[4]);
        state.ReadArray<bool>(_head);
        HeadKnown = state.ReadBoolean();
        Clearing = state.ReadBoolean();
        _seen = state.ReadBoolean();
        if (_saturation.Concat(values).Any(value => !double.IsFinite(value) || value < 0))
        {
            throw new InvalidDataException("The saved state of a lane holds what is no plausible number: it is damaged.");
        }
    }

    /// <summary>A queue that stands still at a green is led by a vehicle that wants something else.</summary>
    private void UpdateHead(double passed, double stalledSeconds, int phase)
    {
        if (passed >= 0.5 || Visible < 0.5)
        {
            _stalled = 0;
            HeadKnown = false;
            _head.AsSpan().Fill(true);
            return;
        }

        _stalled = stalledSeconds > 0 ? _stalled + stalledSeconds : 0;
        if (_stalled < StallSeconds)
        {
            return;
        }

        HeadKnown = true;
        for (int group = 0; group < _head.Length; group++)
        {
            _head[group] &= _aspects[phase][group] != SignalAspect.Green;
        }

        if (!_head.Contains(true))
        {
            // Every movement has had its green: something else is in the way, which says nothing about the movement.
            HeadKnown = false;
            _stalled = 0;
            _head.AsSpan().Fill(true);
        }
    }

    /// <summary>A queue that fills the view goes on beyond it: it grows by mean arrivals and shrinks by what comes into view.</summary>
    private void UpdateHidden(double inflow, double seconds)
    {
        if (_standing >= 0.85 * _room || Hidden > 0)
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

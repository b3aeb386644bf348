using Sensing.Marine.Impacts.Inertial;
using Sensing.Steps;

namespace Sensing.Marine.Impacts.Detection;

/// <summary>Readings at any rate to 100 a second: the mean of those in each hundredth of a second, or between the neighbours of an empty one.</summary>
internal sealed class Resampling : IStep<InertialSample, MotionAt>
{
    private const long Cell = TimeSpan.TicksPerSecond / Segmenter.Rate;

    /// <summary>Longer without a reading, and what follows does not join.</summary>
    private const long Gap = TimeSpan.TicksPerSecond / 4;

    private long _cell, _last;
    private Motion6 _sum;
    private int _count;
    private bool _has, _begins = true;

    public void Next(InertialSample item, Action<MotionAt> emit)
    {
        long ticks = item.Time.UtcTicks, cell = ticks / Cell;
        if (_has && (ticks < _last || ticks - _last > Gap))
        {
            Break(emit);
        }

        if (_has && cell > _cell)
        {
            Motion6 mean = _sum * (1.0 / _count);
            Emit(_cell, mean, emit);
            for (long empty = _cell + 1; empty < cell; empty++)
            {
                Emit(empty, mean + ((item.Motion - mean) * ((empty - _cell) / (double)(cell - _cell))), emit);
            }

            (_sum, _count) = (default, 0);
        }

        (_sum, _count) = (_sum + item.Motion, _count + 1);
        (_cell, _last, _has) = (cell, ticks, true);
    }

    public void Break(Action<MotionAt> emit)
    {
        if (_has)
        {
            Emit(_cell, _sum * (1.0 / _count), emit);
        }

        (_sum, _count, _has, _begins) = (default, 0, false, true);
    }

    public void Save(BinaryWriter state)
    {
        state.Mark("impact-resampling-1");
        state.Write(_cell);
        state.Write(_last);
        state.Write(_count);
        state.Write(_has);
        state.Write(_begins);
        state.WriteArray<Motion6>([_sum]);
    }

    public void Load(BinaryReader state)
    {
        state.Expect("impact-resampling-1");
        _cell = state.ReadInt64();
        _last = state.ReadInt64();
        _count = state.ReadInt32();
        _has = state.ReadBoolean();
        _begins = state.ReadBoolean();
        Span<Motion6> held = stackalloc Motion6[1];
        state.ReadArray(held);
        _sum = held[0];
    }

    private void Emit(long cell, Motion6 motion, Action<MotionAt> emit)
    {
        emit(new MotionAt(new DateTimeOffset((cell + 1) * Cell, TimeSpan.Zero), motion, _begins));
        _begins = false;
    }
}

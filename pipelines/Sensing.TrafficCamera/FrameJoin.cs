using System.Reactive.Linq;
using Sensing.Steps;
using Sensing.Streams;
using Sensing.Vision.Frames;

namespace Sensing.TrafficCamera;

/// <summary>Whether frames join: a gap, a jump of the clock, another picture size or the end is a break.</summary>
internal sealed class FrameJoin : IResumable
{
    /// <summary>At 50 km/h a vehicle moves 14 m in a second, two lengths of a queue: which one it was is a guess after that.</summary>
    private static readonly TimeSpan LongestGap = TimeSpan.FromSeconds(1);

    private DateTimeOffset? _last;
    private int _width;
    private int _height;

    public IObservable<Signal<Frame>> Join(IObservable<Frame> frames) => Observable.Create<Signal<Frame>>(observer => frames.Subscribe(
        frame =>
        {
            if (_last is { } last
                && (frame.Time <= last || frame.Time - last > LongestGap || frame.Width != _width || frame.Height != _height))
            {
                observer.OnNext(Signal<Frame>.Break);
            }

            (_last, _width, _height) = (frame.Time, frame.Width, frame.Height);
            observer.OnNext(Signal<Frame>.Of(frame));
        },
        observer.OnError,
        () =>
        {
            if (_last is not null)
            {
                _last = null;
                observer.OnNext(Signal<Frame>.Break);
            }

            observer.OnCompleted();
        }));

    public void Save(BinaryWriter state)
    {
        state.Mark("frame-join-1");
        state.Write(_last is not null);
        state.WriteTime(_last ?? default);
        state.Write(_width);
        state.Write(_height);
    }

    public void Load(BinaryReader state)
    {
        state.Expect("frame-join-1");
        bool seen = state.ReadBoolean();
        DateTimeOffset last = state.ReadTime();
        _last = seen ? last : null;
        _width = state.ReadInt32();
        _height = state.ReadInt32();
    }
}

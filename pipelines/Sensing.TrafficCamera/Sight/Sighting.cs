using Sensing.Steps;
using Sensing.Vision.Frames;

namespace Sensing.TrafficCamera.Sight;

/// <summary>How well the camera sees, and what can be done about it: measured first, then met.</summary>
/// <remarks>The frame itself is restored: later steps see the better picture.</remarks>
internal sealed class Sighting(SightOptions options) : IStep<Frame, SeenFrame>
{
    private PictureSize _size;
    private SightMeter? _meter;
    private SightRestoration? _restoration;

    public void Next(Frame item, Action<SeenFrame> emit)
    {
        var size = PictureSize.Of(item);
        if (_meter is null || size != _size)
        {
            Begin(size);
        }

        SightReport sight = _meter!.Next(item);
        if (options.Restore)
        {
            _restoration!.Apply(item, sight);
        }

        emit(new SeenFrame(item, sight));
    }

    public void Break(Action<SeenFrame> emit) => _meter?.Break();

    public void Save(BinaryWriter state)
    {
        state.Mark("sighting-1");
        _size.Save(state);
        _meter?.Save(state);
        _restoration?.Save(state);
    }

    public void Load(BinaryReader state)
    {
        state.Expect("sighting-1");
        PictureSize size = PictureSize.Load(state);
        _meter = null;
        if (size != default)
        {
            Begin(size);
            _meter!.Load(state);
            _restoration!.Load(state);
        }
    }

    private void Begin(PictureSize size)
    {
        _size = size;
        _meter = new SightMeter(size.Width, size.Height);
        _restoration = new SightRestoration(size.Width, size.Height);
    }
}

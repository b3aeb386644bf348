using Sensing.Steps;
using Sensing.Vision.Frames;

namespace Sensing.TrafficCamera.Sight;

/// <summary>How well the camera sees, and what can be done about it: measured first, then met.</summary>
/// <remarks>A copy is restored, for the background model; the frame stays as it came.</remarks>
internal sealed class Sighting(SightOptions options) : IStep<Frame, SeenFrame>
{
    private readonly PerPictureSize<SightMeter> _meter = new(size => new SightMeter(size.Width, size.Height));
    private readonly PerPictureSize<SightRestoration> _restoration = new(size => new SightRestoration(size.Width, size.Height));

    public void Next(Frame item, Action<SeenFrame> emit)
    {
        SightReport sight = _meter.For(item).Next(item);
        SightRestoration restoration = _restoration.For(item);
        if (!options.Restore || !restoration.Calls(sight))
        {
            restoration.Rest();
            emit(new SeenFrame(item, sight));
            return;
        }

        using Frame restored = item.Copy();
        restoration.Apply(restored, sight);
        emit(new SeenFrame(item, sight) { Restored = restored });
    }

    public void Break(Action<SeenFrame> emit) => _meter.Current?.Break();

    public void Save(BinaryWriter state)
    {
        state.Mark("sighting-1");
        _meter.Save(state);
        _restoration.Save(state);
    }

    public void Load(BinaryReader state)
    {
        state.Expect("sighting-1");
        _meter.Load(state);
        _restoration.Load(state);
    }
}

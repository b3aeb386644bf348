using Sensing.Steps;

namespace Sensing.TrafficCamera.Sirens;

/// <summary>Whether a siren is heard, where the camera has a microphone.</summary>
internal sealed class Listening(SirenOptions options) : IStep<SeenFrame, SeenFrame>
{
    private readonly SirenDetector _detector = new(options);
    private readonly List<SirenReading> _readings = [];

    public void Next(SeenFrame item, Action<SeenFrame> emit)
    {
        _readings.Clear();
        if (item.Frame.Sound is { } sound)
        {
            _detector.Next(sound, item.Frame.Time, _readings.Add);
        }

        emit(item with { Sirens = _readings });
    }

    public void Break(Action<SeenFrame> emit) => _detector.Break();

    public void Save(BinaryWriter state)
    {
        state.Mark("listening-1");
        _detector.Save(state);
    }

    public void Load(BinaryReader state)
    {
        state.Expect("listening-1");
        _detector.Load(state);
    }
}

using Sensing.Steps;

namespace Sensing.TrafficCamera.Background;

/// <summary>What stands out from the empty road in each frame.</summary>
/// <remarks>What was learned stays over a break: the road is the same after a gap. Pictures of another size begin anew.</remarks>
internal sealed class Foreground(Func<IBackgroundModel> create) : IStep<SeenFrame, SeenFrame>, IDisposable
{
    private IBackgroundModel _model = create();
    private int _width;
    private int _height;

    public void Next(SeenFrame item, Action<SeenFrame> emit)
    {
        if ((item.Frame.Width, item.Frame.Height) != (_width, _height))
        {
            if (_width != 0)
            {
                _model.Dispose();
                _model = create();
            }

            (_width, _height) = (item.Frame.Width, item.Frame.Height);
        }

        emit(item with { Mask = _model.Apply(item.Restored ?? item.Frame) });
    }

    public void Break(Action<SeenFrame> emit)
    {
    }

    public void Save(BinaryWriter state)
    {
        state.Mark("foreground-1");
        state.Write(_width);
        state.Write(_height);
        _model.Save(state);
    }

    public void Load(BinaryReader state)
    {
        state.Expect("foreground-1");
        _width = state.ReadInt32();
        _height = state.ReadInt32();
        _model.Load(state);
    }

    public void Dispose() => _model.Dispose();
}

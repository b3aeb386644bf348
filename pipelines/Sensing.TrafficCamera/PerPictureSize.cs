using Sensing.Streams;
using Sensing.Vision.Frames;

namespace Sensing.TrafficCamera;

/// <summary>A part that is made for pictures of one size, with the first of them; another size makes it anew.</summary>
/// <param name="create">Makes the part.</param>
internal sealed class PerPictureSize<T>(Func<PictureSize, T> create) : IResumable
    where T : class, IResumable
{
    private PictureSize _size;

    /// <summary>The part; null before the first picture.</summary>
    public T? Current { get; private set; }

    /// <summary>The part for a frame's size.</summary>
    public T For(Frame frame)
    {
        var size = PictureSize.Of(frame);
        if (Current is null || size != _size)
        {
            Begin(size);
        }

        return Current!;
    }

    public void Save(BinaryWriter state)
    {
        _size.Save(state);
        Current?.Save(state);
    }

    public void Load(BinaryReader state)
    {
        PictureSize size = PictureSize.Load(state);
        Current = null;
        if (size != default)
        {
            Begin(size);
            Current!.Load(state);
        }
    }

    private void Begin(PictureSize size)
    {
        _size = size;
        Current = create(size);
    }
}

using System.Numerics;
using Sensing.Steps;
using Sensing.Streams;
using Sensing.Vision.Frames;

namespace Sensing.TrafficCamera.Sight;

/// <summary>Takes streaks of rain off: the median of each pixel over this frame and the two before.</summary>
/// <remarks>A drop is in one place for one frame only (Garg and Nayar, International Journal of Computer Vision 75, 2007). What moves is seen a
/// frame later and keeps its shape.</remarks>
internal sealed class RainRemoval(int width, int height) : IResumable
{
    private readonly byte[] _before = new byte[Frame.SizeOf(width, height)];
    private readonly byte[] _earlier = new byte[Frame.SizeOf(width, height)];
    private int _seen;

    public void Apply(Frame frame)
    {
        Span<byte> planes = frame.Raw.Span, before = _before, earlier = _earlier;
        if (_seen < 2)
        {
            before.CopyTo(earlier);
            planes.CopyTo(before);
            _seen++;
            return;
        }

        int i = 0;
        for (; i <= planes.Length - Vector<byte>.Count; i += Vector<byte>.Count)
        {
            Vector<byte> a = new(planes[i..]), b = new(before[i..]), c = new(earlier[i..]);
            b.CopyTo(earlier[i..]);
            a.CopyTo(before[i..]);
            Vector.Max(Vector.Min(a, b), Vector.Min(Vector.Max(a, b), c)).CopyTo(planes[i..]);
        }

        for (; i < planes.Length; i++)
        {
            (byte a, byte b, byte c) = (planes[i], before[i], earlier[i]);
            (before[i], earlier[i]) = (a, b);
            planes[i] = Math.Max(Math.Min(a, b), Math.Min(Math.Max(a, b), c));
        }
    }

    public void Reset() => _seen = 0;

    public void Save(BinaryWriter state)
    {
        state.Mark("rain-removal-1");
        state.Write((byte)_seen);
        if (_seen > 0)
        {
            state.WriteArray<byte>(_before);
            state.WriteArray<byte>(_earlier);
        }
    }

    public void Load(BinaryReader state)
    {
        state.Expect("rain-removal-1");
        _seen = state.ReadByte();
        if (_seen > 0)
        {
            state.ReadArray<byte>(_before);
            state.ReadArray<byte>(_earlier);
        }
    }
}

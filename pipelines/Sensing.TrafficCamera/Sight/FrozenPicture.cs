using System.Runtime.InteropServices;
using Sensing.Steps;
using Sensing.Streams;
using Sensing.Vision.Frames;

namespace Sensing.TrafficCamera.Sight;

/// <summary>Compares each frame with the one before by the sums of its blocks: nothing in nature repeats itself to the
/// bit.</summary>
internal sealed class FrozenPicture : IResumable
{
    private const int Block = 16;

    // A clock or a frame counter that is written into the picture covers less than this.
    private const double Overlay = 0.04;

    private readonly int _width;
    private readonly int _columns;
    private readonly ulong[] _sums;
    private readonly ulong[] _before;
    private bool _started;

    public FrozenPicture(int width, int height)
    {
        _width = width;
        _columns = (width + Block - 1) / Block;
        _sums = new ulong[_columns * ((height + Block - 1) / Block)];
        _before = new ulong[_sums.Length];
    }

    /// <summary>Whether this frame shows what the one before showed.</summary>
    public bool Next(Frame frame)
    {
        Array.Clear(_sums);
        ReadOnlySpan<byte> luma = frame.Luma;
        for (int y = 0; y < frame.Height; y++)
        {
            ReadOnlySpan<byte> row = luma.Slice(y * _width, _width);
            for (int b = 0; b < _columns; b++)
            {
                ref ulong sum = ref _sums[(y / Block * _columns) + b];
                ReadOnlySpan<byte> part = row.Slice(b * Block, Math.Min(Block, _width - (b * Block)));
                if (part.Length == Block)
                {
                    ulong low = MemoryMarshal.Read<ulong>(part), high = MemoryMarshal.Read<ulong>(part[8..]);
                    sum = ((sum ^ low) * 0x9E3779B97F4A7C15) ^ (high * 0xC2B2AE3D27D4EB4F) ^ (sum >> 29);
                }
                else
                {
                    foreach (byte value in part)
                    {
                        sum = (sum ^ value) * 0x9E3779B97F4A7C15;
                    }
                }
            }
        }

        int changed = 0;
        for (int i = 0; i < _sums.Length; i++)
        {
            changed += _sums[i] == _before[i] ? 0 : 1;
        }

        bool same = _started && changed <= Overlay * _sums.Length;
        _sums.CopyTo(_before, 0);
        _started = true;
        return same;
    }

    public void Save(BinaryWriter state)
    {
        state.Mark("frozen-1");
        state.Write(_started);
        state.WriteArray<ulong>(_before);
    }

    public void Load(BinaryReader state)
    {
        state.Expect("frozen-1");
        _started = state.ReadBoolean();
        state.ReadArray<ulong>(_before);
    }
}

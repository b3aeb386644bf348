using System.Numerics;
using System.Runtime.InteropServices;
using Sensing.Vision.Frames;

namespace Sensing.TrafficCamera.Background;

/// <summary>A frame in the background's coordinates: shifted back by the camera's motion, chroma at every luma pixel.</summary>
/// <remarks>The canvas is larger than the frame by a margin on every side, so that what a swaying camera shows at times has its place.
/// Rows are padded to whole vectors.</remarks>
internal sealed class AlignedFrame
{
    private readonly int _frameWidth;
    private readonly int _frameHeight;
    private readonly int _margin;
    private readonly byte[] _row;
    private int _shiftX;
    private int _shiftY;

    public AlignedFrame(int frameWidth, int frameHeight, int margin)
    {
        _frameWidth = frameWidth;
        _frameHeight = frameHeight;
        _margin = margin;
        Width = (frameWidth + (2 * margin) + 63) & ~63;
        Height = frameHeight + (2 * margin);
        Luma = new byte[Width * Height];
        Cb = new byte[Width * Height];
        Cr = new byte[Width * Height];
        Valid = new byte[Width];
        _row = new byte[frameWidth + 130];
    }

    public int Width { get; }

    public int Height { get; }

    public byte[] Luma { get; }

    public byte[] Cb { get; }

    public byte[] Cr { get; }

    /// <summary>255 for each column that the frame covers.</summary>
    public byte[] Valid { get; }

    /// <summary>First column that the frame covers.</summary>
    public int Left { get; private set; }

    /// <summary>First row that the frame covers.</summary>
    public int Top { get; private set; }

    /// <summary>Column after the last that the frame covers.</summary>
    public int Right { get; private set; }

    /// <summary>Row after the last that the frame covers.</summary>
    public int Bottom { get; private set; }

    /// <summary>Takes a frame over. Canvas pixel c shows the frame's c − margin + motion.</summary>
    public void Set(Frame frame, GlobalMotion motion)
    {
        _shiftX = Math.Clamp((int)Math.Round(motion.X), -_margin, _margin);
        _shiftY = Math.Clamp((int)Math.Round(motion.Y), -_margin, _margin);
        int fx = (int)Math.Round((motion.X - _shiftX) * 16), fy = (int)Math.Round((motion.Y - _shiftY) * 16);
        Left = _margin - _shiftX;
        Top = _margin - _shiftY;
        Right = Left + _frameWidth;
        Bottom = Top + _frameHeight;
        Array.Clear(Valid);
        Valid.AsSpan(Left, _frameWidth).Fill(255);
        for (int y = 0; y < _frameHeight; y++)
        {
            int at = ((Top + y) * Width) + Left, near = Math.Clamp(y + Math.Sign(fy), 0, _frameHeight - 1);
            ReadOnlySpan<byte> row = frame.Luma.Slice(y * _frameWidth, _frameWidth), other = frame.Luma.Slice(near * _frameWidth, _frameWidth);
            Shift(row, other, fx, fy, Luma.AsSpan(at, _frameWidth));
            int c = y / 2 * frame.ChromaWidth;
            Twice(frame.Cb.Slice(c, frame.ChromaWidth), _row);
            _row.AsSpan(0, _frameWidth).CopyTo(Cb.AsSpan(at));
            Twice(frame.Cr.Slice(c, frame.ChromaWidth), _row);
            _row.AsSpan(0, _frameWidth).CopyTo(Cr.AsSpan(at));
        }
    }

    /// <summary>Classes back into the frame's coordinates.</summary>
    public void Copy(ReadOnlySpan<byte> classes, ForegroundMask mask)
    {
        for (int y = 0; y < _frameHeight; y++)
        {
            classes.Slice(((Top + y) * Width) + Left, _frameWidth).CopyTo(mask.Row(y));
        }
    }

    /// <summary>Bilinear interpolation between pixels at a distance of sixteenths, −8…8, in both directions.</summary>
    private static void Shift(ReadOnlySpan<byte> row, ReadOnlySpan<byte> other, int fx, int fy, Span<byte> to)
    {
        if (fx == 0 && fy == 0)
        {
            row.CopyTo(to);
            return;
        }

        int ax = Math.Abs(fx), ay = Math.Abs(fy), side = Math.Sign(fx), last = row.Length - 1;
        ushort w00 = (ushort)((16 - ax) * (16 - ay)), w10 = (ushort)(ax * (16 - ay)), w01 = (ushort)((16 - ax) * ay), w11 = (ushort)(ax * ay);
        int x = 0;
        for (; x < 1 || (x + Vector<byte>.Count < row.Length && x == 1); x++)
        {
            to[x] = One(row, other, x);
        }

        for (; x + Vector<byte>.Count < row.Length; x += Vector<byte>.Count)
        {
            Vector.Widen(new Vector<byte>(row[x..]), out Vector<ushort> a0, out Vector<ushort> a1);
            Vector.Widen(new Vector<byte>(row[(x + side)..]), out Vector<ushort> b0, out Vector<ushort> b1);
            Vector.Widen(new Vector<byte>(other[x..]), out Vector<ushort> c0, out Vector<ushort> c1);
            Vector.Widen(new Vector<byte>(other[(x + side)..]), out Vector<ushort> d0, out Vector<ushort> d1);
            var half = new Vector<ushort>(128);
            Vector<ushort> low = ((a0 * w00) + (b0 * w10) + (c0 * w01) + (d0 * w11) + half) >> 8;
            Vector<ushort> high = ((a1 * w00) + (b1 * w10) + (c1 * w01) + (d1 * w11) + half) >> 8;
            Vector.Narrow(low, high).CopyTo(to[x..]);
        }

        for (; x < row.Length; x++)
        {
            to[x] = One(row, other, x);
        }

        byte One(ReadOnlySpan<byte> r, ReadOnlySpan<byte> o, int at)
        {
            int n = Math.Clamp(at + side, 0, last);
            return (byte)(((r[at] * w00) + (r[n] * w10) + (o[at] * w01) + (o[n] * w11) + 128) >> 8);
        }
    }

    /// <summary>Each value twice, side by side.</summary>
    private static void Twice(ReadOnlySpan<byte> from, Span<byte> to)
    {
        int x = 0;
        Span<ushort> pairs = MemoryMarshal.Cast<byte, ushort>(to);
        for (; x <= from.Length - Vector<byte>.Count; x += Vector<byte>.Count)
        {
            Vector.Widen(new Vector<byte>(from[x..]), out Vector<ushort> low, out Vector<ushort> high);
            (low | (low << 8)).CopyTo(pairs[x..]);
            (high | (high << 8)).CopyTo(pairs[(x + Vector<ushort>.Count)..]);
        }

        for (; x < from.Length; x++)
        {
            pairs[x] = (ushort)(from[x] | (from[x] << 8));
        }
    }
}

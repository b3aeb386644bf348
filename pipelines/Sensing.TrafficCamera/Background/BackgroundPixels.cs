using System.Numerics;
using Sensing.Vision.Kernels;

namespace Sensing.TrafficCamera.Background;

/// <summary>What is known of each pixel of the empty scene.</summary>
internal sealed partial class BackgroundPixels
{
    /// <summary>Evidence at which a pixel differs from the background as much as its noise allows.</summary>
    public const byte Differs = 64;

    /// <summary>In <see cref="Shadow"/>: a cast shadow by colour and darkness.</summary>
    public const byte LightShadow = 255;

    /// <summary>In <see cref="Shadow"/>: by its colour a shadow, but so dark that it may as well be a vehicle's shady side.</summary>
    public const byte Umbra = 128;

    /// <summary>Mean absolute deviation of a pixel that moves: more than twice that of a camera's noise by day. 7 bits of fraction.</summary>
    private const short Restless = 5 << 7;

    /// <summary>Times are kept in units of 1/128 s, in 16 bits: up to 512 s.</summary>
    private const double TicksPerSecond = 128;

    /// <summary>Times a candidate must come back between other things until it is the scene behind dense traffic.</summary>
    private const byte Recurrences = 4;

    /// <summary>How long the road behind a ghost must have been seen.</summary>
    private const double SettledSeconds = 1.5;

    private readonly int _width;
    private readonly BackgroundOptions _options;

    // Fixed point with 7 bits of fraction.
    private readonly short[] _y, _cb, _cr, _noise, _chromaNoise;
    private readonly ushort[] _seen, _candidateSeen;
    private readonly byte[] _candidateY, _candidateCb, _candidateCr, _matched, _gap, _episodes;
    private readonly byte[] _darkest, _lightest, _scratch;
    private readonly int _reach;
    private int _frames;

    public BackgroundPixels(int width, int height, int reach, BackgroundOptions options)
    {
        _width = width;
        _options = options;
        int n = width * height;
        _y = new short[n];
        _cb = new short[n];
        _cr = new short[n];
        _noise = new short[n];
        _chromaNoise = new short[n];
        _seen = new ushort[n];
        _candidateSeen = new ushort[n];
        _candidateY = new byte[n];
        _candidateCb = new byte[n];
        _candidateCr = new byte[n];
        _matched = new byte[n];
        _gap = new byte[n];
        _episodes = new byte[n];
        _darkest = new byte[n];
        _lightest = new byte[n];
        _scratch = new byte[n];
        _reach = reach;
        Luma = new byte[n];
        Evidence = new byte[n];
        Shadow = new byte[n];
    }

    /// <summary>Luma of the background.</summary>
    public byte[] Luma { get; }

    /// <summary>Difference from the background, <see cref="Differs"/> at the threshold.</summary>
    public byte[] Evidence { get; }

    /// <summary>What the difference may be: 0 (no shadow), <see cref="Umbra"/> or <see cref="LightShadow"/>.</summary>
    public byte[] Shadow { get; }

    /// <summary>Whether there is a background yet.</summary>
    public bool Seen => _frames > 0;

    /// <summary>Evidence and possible shadows of a frame.</summary>
    /// <param name="frame">The frame.</param>
    /// <param name="shadows">The darkest and the lightest cast shadow that the scene shows; null: those of the options.</param>
    public void Compare(AlignedFrame frame, (double Darkest, double Lightest)? shadows)
    {
        (double darkest, double lightest) = shadows ?? (_options.DarkestShadow, _options.LightestShadow);
        Array.Clear(Evidence);
        Array.Clear(Shadow);
        Array.Copy(Luma, _darkest, Luma.Length);
        Array.Copy(Luma, _lightest, Luma.Length);
        Morphology.Erode(_darkest, _scratch, _width, _reach, _reach);
        Morphology.Dilate(_lightest, _scratch, _width, _reach, _reach);
        for (int y = frame.Top; y < frame.Bottom; y++)
        {
            CompareRow(frame, y * _width, (short)(darkest * 128), (short)(lightest * 128));
        }
    }

    /// <summary>Whether a pixel of the frame is darker than the background and has its colour.</summary>
    public bool IsDarker(AlignedFrame frame, int i) => frame.Luma[i] << 7 < _y[i]
        && Math.Max(Math.Abs((frame.Cb[i] << 7) - _cb[i]), Math.Abs((frame.Cr[i] << 7) - _cr[i])) < (short)(_options.ShadowChroma * 128);

    private void CompareRow(AlignedFrame frame, int row, short darkest, short lightest)
    {
        int half = Vector<short>.Count;
        var tl = new Vector<short>((short)(_options.LumaThreshold * 16));
        var tc = new Vector<short>((short)(_options.ChromaThreshold * 16));
        short factor = (short)(_options.NoiseFactor * 2);
        short umbra = (short)(_options.DarkestUmbra * 128);
        Vector<short> chroma = new((short)(_options.ShadowChroma * 128));
        for (int x = 0; x < _width; x += 2 * half)
        {
            int i = row + x;
            var valid = new Vector<byte>(frame.Valid, x);
            Part(i, new Vector<byte>(frame.Luma, i), new Vector<byte>(frame.Cb, i), new Vector<byte>(frame.Cr, i), valid);
        }

        void Part(int i, Vector<byte> luma, Vector<byte> cb, Vector<byte> cr, Vector<byte> valid)
        {
            Vector.Widen(luma, out Vector<ushort> y0, out Vector<ushort> y1);
            Vector.Widen(cb, out Vector<ushort> b0, out Vector<ushort> b1);
            Vector.Widen(cr, out Vector<ushort> r0, out Vector<ushort> r1);
            Vector.Widen(new Vector<byte>(_darkest, i), out Vector<ushort> d0, out Vector<ushort> d1);
            Vector.Widen(new Vector<byte>(_lightest, i), out Vector<ushort> l0, out Vector<ushort> l1);
            One(i, Fixed(d0), Fixed(l0), Fixed(y0), Fixed(b0), Fixed(r0), out Vector<ushort> e0, out Vector<ushort> s0);
            One(i + half, Fixed(d1), Fixed(l1), Fixed(y1), Fixed(b1), Fixed(r1), out Vector<ushort> e1, out Vector<ushort> s1);
            (Vector.Narrow(e0, e1) & valid).CopyTo(Evidence, i);
            (Vector.Narrow(s0, s1) & valid).CopyTo(Shadow, i);
        }

        void One(
            int i, Vector<short> dark, Vector<short> bright, Vector<short> y, Vector<short> cb, Vector<short> cr,
            out Vector<ushort> evidence, out Vector<ushort> shadow)
        {
            var by = new Vector<short>(_y, i);
            // Where the pixel is restless, to the nearest of the values round it: leaves that sway show their neighbours.
            var noise = new Vector<short>(_noise, i);
            Vector<short> dy = Vector.ConditionalSelect(
                Vector.GreaterThan(noise, new Vector<short>(Restless)), Vector.Max(Vector.Max(dark - y, y - bright), Vector<short>.Zero), Vector.Abs(y - by));
            Vector<short> db = Vector.Abs(cb - new Vector<short>(_cb, i)), dr = Vector.Abs(cr - new Vector<short>(_cr, i));
            // Thresholds in sixteenths of a level; the noise has 7 bits of fraction.
            Vector<short> ty = Vector.Max(tl, (noise >> 4) * factor);
            Vector<short> tb = Vector.Max(tc, (new Vector<short>(_chromaNoise, i) >> 4) * factor);
            Vector<short> ey = Quotient(dy, ty), ec = Quotient(Vector.Max(db, dr) + (Vector.Min(db, dr) >> 1), tb);

            // √(a² + b²) within 7 %: the larger and half the smaller.
            Vector<short> e = Vector.Max(ey, ec) + (Vector.Min(ey, ec) >> 1);
            evidence = Vector.AsVectorUInt16(Vector.Min(e, new Vector<short>(255)) & Vector.GreaterThan(by, Vector<short>.Zero));
            Vector<short> level = by >> 7;
            Vector<short> even = Vector.LessThan(Vector.Max(db, dr), chroma) & Vector.LessThan(y, by);
            Vector<short> colour = even & Vector.LessThan(y, level * new Vector<short>(lightest))
                & Vector.GreaterThan(y, level * new Vector<short>(umbra));
            Vector<short> light = Vector.GreaterThan(y, level * new Vector<short>(darkest));
            shadow = Vector.AsVectorUInt16(colour
                & Vector.ConditionalSelect(light, new Vector<short>(LightShadow), new Vector<short>(Umbra)));
        }
    }

    /// <summary>Levels in fixed point.</summary>
    private static Vector<short> Fixed(Vector<ushort> level) => Vector.AsVectorInt16(level << 7);

    /// <summary>64 a / b, where a has 7 bits of fraction and b 4; at most 1023.</summary>
    private static Vector<short> Quotient(Vector<short> a, Vector<short> b)
    {
        Vector.Widen(a, out Vector<int> a0, out Vector<int> a1);
        Vector.Widen(b, out Vector<int> b0, out Vector<int> b1);
        var limit = new Vector<float>(1023);
        Vector<float> q0 = Vector.Min(limit, Vector.ConvertToSingle(a0) * 8 / Vector.ConvertToSingle(b0));
        Vector<float> q1 = Vector.Min(limit, Vector.ConvertToSingle(a1) * 8 / Vector.ConvertToSingle(b1));
        return Vector.Narrow(Vector.ConvertToInt32(q0), Vector.ConvertToInt32(q1));
    }
}

using System.Numerics;

namespace Sensing.TrafficCamera.Background;

internal sealed partial class BackgroundPixels
{
    /// <summary>Lets the background follow what the frame shows of it, and candidates take its place.</summary>
    /// <param name="frame">The frame that was compared.</param>
    /// <param name="classes">Its pixels' final classes.</param>
    /// <param name="seconds">Since the frame before.</param>
    public void Learn(AlignedFrame frame, byte[] classes, double seconds)
    {
        _frames++;
        // Means over all frames first, exponential later; as powers of two.
        int steps = Math.Max(1, (int)Math.Round(_options.AdaptSeconds / seconds));
        int shift = Math.Max(1, BitOperations.Log2((uint)Math.Min(_frames, steps)));
        ushort ticks = (ushort)Math.Max(1, Math.Round(seconds * TicksPerSecond));
        for (int y = frame.Top; y < frame.Bottom; y++)
        {
            LearnRow(frame, classes, y * _width, shift, ticks, (byte)Math.Clamp(Math.Round(0.5 / seconds), 1, 255));
        }
    }

    /// <summary>Whether a pixel's candidate has been there long enough to be the scene behind a ghost.</summary>
    public bool Settled(int pixel) => _candidateSeen[pixel] >= SettledSeconds * TicksPerSecond;

    /// <summary>Makes the candidates of a run of pixels the background: what was background has driven away.</summary>
    public void Adopt(int from, int length)
    {
        for (int i = from; i < from + length; i++)
        {
            if (!Settled(i))
            {
                continue;
            }

            (byte y, byte cb, byte cr) = (_candidateY[i], _candidateCb[i], _candidateCr[i]);
            (_candidateY[i], _candidateCb[i], _candidateCr[i]) = (Luma[i], (byte)(_cb[i] >> 7), (byte)(_cr[i] >> 7));
            (_y[i], _cb[i], _cr[i]) = ((short)(y << 7), (short)(cb << 7), (short)(cr << 7));
            Luma[i] = y;
            (_seen[i], _candidateSeen[i]) = (_candidateSeen[i], 0);
            (_noise[i], _chromaNoise[i], _episodes[i]) = (3 << 7, 1 << 7, 0);
        }
    }

    private void LearnRow(AlignedFrame frame, byte[] classes, int row, int shift, ushort ticks, byte absent)
    {
        var away = new Vector<byte>(absent);
        int half = Vector<short>.Count;
        var tick = new Vector<ushort>(ticks);
        var absorb = new Vector<ushort>((ushort)(_options.AbsorbSeconds * TicksPerSecond));
        var start = new Vector<ushort>((ushort)(_options.StartSeconds * TicksPerSecond));
        for (int x = 0; x < _width; x += 2 * half)
        {
            int i = row + x;
            var valid = new Vector<byte>(frame.Valid, x);
            if (valid == Vector<byte>.Zero)
            {
                continue;
            }

            Vector<byte> luma = new(frame.Luma, i), cb = new(frame.Cb, i), cr = new(frame.Cr, i);
            Vector<byte> match = Vector.LessThan(new Vector<byte>(Evidence, i), new Vector<byte>(Differs));
            var known = new Vector<byte>(classes, i);
            Vector<byte> vehicle = Vector.Equals(known, new Vector<byte>(PixelClass.Vehicle));
            Vector<byte> road = Vector.Equals(known, new Vector<byte>(PixelClass.Road));

            // What differs and is yet no vehicle is followed where it flickers, as leaves do, but not where it stays: a distant vehicle
            // too small to be one, or a shadow.
            Vector<byte> flicker = Vector.Xor(match, new Vector<byte>(_matched, i));
            match.CopyTo(_matched, i);
            Vector<byte> follow = (match | (road & flicker)) & ~vehicle & valid;

            // Candidate: what is seen instead of the background.
            Vector<byte> c0 = new(_candidateY, i), c1 = new(_candidateCb, i), c2 = new(_candidateCr, i);
            Vector<byte> same = Vector.LessThan(Distance(luma, c0), new Vector<byte>(12))
                & Vector.LessThan(Vector.Max(Distance(cb, c1), Distance(cr, c2)), new Vector<byte>(8));
            // The candidate has come back when it had been away for half a second.
            Vector<byte> present = same & ~match & valid, gap = new(_gap, i), episodes = new(_episodes, i);
            Vector<byte> back = present & Vector.GreaterThanOrEqual(gap, away);
            episodes += back & Vector.LessThan(episodes, new Vector<byte>(255)) & Vector<byte>.One;
            Vector<byte> longer = gap + (Vector.LessThan(gap, new Vector<byte>(255)) & valid & Vector<byte>.One);
            Vector.ConditionalSelect(present, Vector<byte>.Zero, longer).CopyTo(_gap, i);
            Vector<byte> recurs = Vector.GreaterThanOrEqual(episodes, new Vector<byte>(Recurrences));
            var low = new Pixels(Lower(luma), Lower(cb), Lower(cr), Lower(c0), Lower(c1), Lower(c2));
            var high = new Pixels(Upper(luma), Upper(cb), Upper(cr), Upper(c0), Upper(c1), Upper(c2));
            Vector<ushort> take0 = Half(i, low, Low(recurs), Low(match), Low(same), Low(valid), Low(follow), out Vector<ushort> swap0);
            Vector<ushort> take1 = Half(
                i + half, high, High(recurs), High(match), High(same), High(valid), High(follow), out Vector<ushort> swap1);
            Vector<byte> take = Vector.Narrow(take0 & new Vector<ushort>(255), take1 & new Vector<ushort>(255));
            Vector<byte> swap = Vector.Narrow(swap0 & new Vector<ushort>(255), swap1 & new Vector<ushort>(255));
            Vector.ConditionalSelect(take | swap, Vector<byte>.Zero, episodes).CopyTo(_episodes, i);
            Vector<byte> step = same & ~match & valid, before = new(Luma, i);
            Vector.Narrow(Rounded(new Vector<short>(_y, i)), Rounded(new Vector<short>(_y, i + half))).CopyTo(Luma, i);
            Vector.ConditionalSelect(swap, before, Vector.ConditionalSelect(take, luma, Towards(c0, luma, step))).CopyTo(_candidateY, i);
            Vector.ConditionalSelect(take, cb, Towards(c1, cb, step)).CopyTo(_candidateCb, i);
            Vector.ConditionalSelect(take, cr, Towards(c2, cr, step)).CopyTo(_candidateCr, i);
        }

        // Returns where the candidate is replaced by the pixel.
        Vector<ushort> Half(int i, Pixels p, Vector<ushort> recurs, Vector<ushort> match, Vector<ushort> same, Vector<ushort> valid,
            Vector<ushort> follow, out Vector<ushort> swap)
        {
            Vector<ushort> seen = new(_seen, i), candidate = new(_candidateSeen, i);
            Vector<ushort> first = Vector.Equals(seen, Vector<ushort>.Zero) & valid;
            Vector<short> y = Fixed(p.Y), b = Fixed(p.Cb), r = Fixed(p.Cr);
            Vector<short> my = new(_y, i), mb = new(_cb, i), mr = new(_cr, i);
            Vector<short> noise = new(_noise, i), chromaNoise = new(_chromaNoise, i);

            // Slower where the pixel does not match: a branch that moves, a light that changes.
            Vector<short> go = Vector.AsVectorInt16(follow), fast = Vector.AsVectorInt16(match);
            Vector<short> dy = y - my, db = b - mb, dr = r - mr;
            Vector<short> ay = Vector.Abs(dy), ac = Vector.Max(Vector.Abs(db), Vector.Abs(dr));
            my += Vector.ConditionalSelect(fast, dy >> shift, dy >> (shift + 3)) & go;
            mb += Vector.ConditionalSelect(fast, db >> shift, db >> (shift + 3)) & go;
            mr += Vector.ConditionalSelect(fast, dr >> shift, dr >> (shift + 3)) & go;

            // What does not match counts as five times the noise and four levels at most: leaves, which come again and again, raise it within
            // seconds, and a vehicle that is taken for road here and there as it passes does not make its pixels blind to the next one.
            Vector<short> rise = ay - noise, chromaRise = ac - chromaNoise;
            Vector<short> most = new(short.MaxValue / 4), level = new(1 << 7);
            Vector<short> bounded = Vector.Min(rise, Vector.Min(noise + level, most) << 2);
            Vector<short> chromaBounded = Vector.Min(chromaRise, Vector.Min(chromaNoise + level, most) << 2);
            noise += (Vector.ConditionalSelect(fast, rise, bounded) >> (shift + 1)) & go;
            chromaNoise += (Vector.ConditionalSelect(fast, chromaRise, chromaBounded) >> (shift + 1)) & go;

            seen = Vector.ConditionalSelect(match & valid, Vector.Min(absorb, seen + tick), seen);
            Vector<ushort> up = Vector.Min(absorb + tick, candidate + tick), down = Vector.Max(candidate, tick) - tick;
            Vector<ushort> other = ~match & valid;
            candidate = Vector.ConditionalSelect(other, Vector.ConditionalSelect(same, up, down), candidate);
            Vector<ushort> take = other & ~same & Vector.Equals(candidate, Vector<ushort>.Zero);
            candidate = Vector.ConditionalSelect(take, tick, candidate);
            Vector<ushort> need = Vector.ConditionalSelect(Vector.GreaterThan(seen, start) & ~recurs, absorb, seen);
            swap = other & same & Vector.GreaterThan(candidate, need) & ~first;
            my = Vector.ConditionalSelect(Vector.AsVectorInt16(swap), Fixed(p.CandidateY), my);
            mb = Vector.ConditionalSelect(Vector.AsVectorInt16(swap), Fixed(p.CandidateCb), mb);
            mr = Vector.ConditionalSelect(Vector.AsVectorInt16(swap), Fixed(p.CandidateCr), mr);
            Vector<ushort> was = seen;
            seen = Vector.ConditionalSelect(swap, candidate, seen);
            candidate = Vector.ConditionalSelect(swap, was, candidate);

            Vector<short> fresh = Vector.AsVectorInt16(first), renewed = fresh | Vector.AsVectorInt16(swap);
            Vector.ConditionalSelect(fresh, y, my).CopyTo(_y, i);
            Vector.ConditionalSelect(fresh, b, mb).CopyTo(_cb, i);
            Vector.ConditionalSelect(fresh, r, mr).CopyTo(_cr, i);
            Vector.ConditionalSelect(renewed, new Vector<short>(3 << 7), noise).CopyTo(_noise, i);
            Vector.ConditionalSelect(renewed, new Vector<short>(1 << 7), chromaNoise).CopyTo(_chromaNoise, i);
            Vector.ConditionalSelect(first, tick, seen).CopyTo(_seen, i);
            candidate.CopyTo(_candidateSeen, i);
            return take;
        }
    }

    private static Vector<ushort> Rounded(Vector<short> value) => Vector.AsVectorUInt16((value + new Vector<short>(64)) >> 7);

    private static Vector<byte> Distance(Vector<byte> a, Vector<byte> b) => Vector.Max(a, b) - Vector.Min(a, b);

    private static Vector<byte> Towards(Vector<byte> from, Vector<byte> to, Vector<byte> where)
        => from + ((Vector.GreaterThan(to, from) & where & Vector<byte>.One) - (Vector.LessThan(to, from) & where & Vector<byte>.One));

    private static Vector<ushort> Lower(Vector<byte> v)
    {
        Vector.Widen(v, out Vector<ushort> low, out _);
        return low;
    }

    private static Vector<ushort> Upper(Vector<byte> v)
    {
        Vector.Widen(v, out _, out Vector<ushort> high);
        return high;
    }

    /// <summary>A mask of bytes as one of 16 bits.</summary>
    private static Vector<ushort> Low(Vector<byte> mask) => Vector.GreaterThan(Lower(mask), Vector<ushort>.Zero);

    private static Vector<ushort> High(Vector<byte> mask) => Vector.GreaterThan(Upper(mask), Vector<ushort>.Zero);

    /// <summary>What half a vector of pixels shows, and their candidates.</summary>
    private readonly record struct Pixels(
        Vector<ushort> Y, Vector<ushort> Cb, Vector<ushort> Cr, Vector<ushort> CandidateY, Vector<ushort> CandidateCb, Vector<ushort> CandidateCr);
}

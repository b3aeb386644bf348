using System.Runtime.InteropServices;
using Sensing.Vision.Frames;

namespace Sensing.Vision.Sources.Ffmpeg;

/// <summary>Sound on its way to frames: samples are put in by time and taken up to a frame's time.</summary>
/// <remarks>Gaps are filled with silence, overlaps dropped: the sound of consecutive frames is contiguous. Bounded.</remarks>
internal sealed class SoundTrack(int rate)
{
    private readonly int _chunk = rate * 2;
    private readonly int _most = rate * 20;
    private short[] _samples = new short[rate * 2];
    private int _read, _written;
    private long _next = long.MinValue;

    /// <summary>Number of the sample that is put in next, counted from time 0; before the first: unknown.</summary>
    private long First => _next - (_written - _read);

    /// <summary>Puts in samples.</summary>
    /// <param name="at">Number of the first, counted from time 0.</param>
    /// <param name="bytes">16-bit little-endian samples.</param>
    public void Add(long at, ReadOnlySpan<byte> bytes)
    {
        ReadOnlySpan<short> samples = MemoryMarshal.Cast<byte, short>(bytes);
        if (_next == long.MinValue)
        {
            _next = at;
        }

        // A jump is a fault of the clock, not silence.
        if (Math.Abs(at - _next) > _most)
        {
            _read = _written;
            _next = at;
        }

        if (at > _next)
        {
            int silence = (int)(at - _next);
            Room(silence).Clear();
            Advance(silence);
        }

        int overlap = (int)Math.Min(_next - at, samples.Length);
        samples = samples[overlap..];
        samples.CopyTo(Room(samples.Length));
        Advance(samples.Length);
    }

    /// <summary>Takes the samples before <paramref name="until"/>.</summary>
    /// <param name="until">Number of a sample, counted from time 0.</param>
    /// <returns>Null: there are none.</returns>
    public Sound? Take(long until)
    {
        int count = (int)Math.Clamp(until - First, 0, _written - _read);
        if (_next == long.MinValue || count == 0)
        {
            return null;
        }

        var sound = new Sound(_samples.AsMemory(_read, count), rate);
        _read += count;
        return sound;
    }

    private void Advance(int count)
    {
        _written += count;
        _next += count;
        _read = Math.Max(_read, _written - _most);
    }

    /// <summary>Room behind what was written. What was taken is never written again: frames hold on to it.</summary>
    private Span<short> Room(int count)
    {
        if (_samples.Length - _written < count)
        {
            int left = _written - _read;
            short[] samples = new short[Math.Max(_chunk, (left + count) * 2)];
            _samples.AsSpan(_read, left).CopyTo(samples);
            (_samples, _read, _written) = (samples, 0, left);
        }

        return _samples.AsSpan(_written, count);
    }
}

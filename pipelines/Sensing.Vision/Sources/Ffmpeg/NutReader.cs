using System.Buffers.Binary;
using System.Numerics;

namespace Sensing.Vision.Sources.Ffmpeg;

/// <summary>Reads a NUT stream: raw pictures and raw sound in one pipe, each packet with its exact time.</summary>
/// <remarks>
/// NUT open container format, version 3 (ffmpeg.org/~michael/nut.txt), as FFmpeg's muxer writes it. Read forwards only: no index,
/// no resynchronisation, because a pipe does not damage what goes through it. Payloads go straight into the reader's memory.
/// </remarks>
internal sealed class NutReader(Stream input)
{
    private const ulong MainCode = 0x4E4D7A561F5F04AD;
    private const ulong StreamCode = 0x4E5311405BF2F9DB;
    private const ulong SyncCode = 0x4E4BE4ADEECA4569;
    private const int MaxHeaderBytes = 1 << 20;

    private static ReadOnlySpan<byte> Signature => "nut/multimedia container\0"u8;

    private readonly byte[] _buffer = new byte[16 * 1024];
    private readonly NutFrameCode[] _codes = new NutFrameCode[256];
    private readonly List<byte[]> _elided = [[]];
    private readonly List<(long Num, long Den)> _timeBases = [];
    private NutStream[] _streams = [];
    private int _begin, _end;
    private byte[] _prefix = [];
    private int _left;

    /// <summary>The streams, once <see cref="OpenAsync"/> has read the headers.</summary>
    public IReadOnlyList<NutStream> Streams => _streams;

    /// <summary>Reads the headers.</summary>
    /// <returns>False: the stream ended before them.</returns>
    /// <exception cref="InvalidDataException">It is no NUT stream.</exception>
    public async ValueTask<bool> OpenAsync()
    {
        try
        {
            await FillAsync(Signature.Length).ConfigureAwait(false);
            if (!_buffer.AsSpan(_begin, Signature.Length).SequenceEqual(Signature))
            {
                throw new InvalidDataException("The decoder's output is no NUT stream.");
            }

            _begin += Signature.Length;
            int known = 0;
            do
            {
                ulong code = BinaryPrimitives.ReadUInt64BigEndian(await TakeAsync(8).ConfigureAwait(false));
                byte[] payload = await ReadHeaderAsync().ConfigureAwait(false);
                if (code == MainCode)
                {
                    ReadMain(payload);
                }
                else if (code == StreamCode)
                {
                    ReadStream(payload);
                    known++;
                }
            }
            while (known == 0 || known < _streams.Length);
            return true;
        }
        catch (EndOfStreamException)
        {
            return false;
        }
    }

    /// <summary>The next packet, whose payload is then taken by <see cref="ReadAsync"/> or <see cref="SkipAsync"/>.</summary>
    /// <returns>Null: the stream has ended.</returns>
    /// <exception cref="InvalidDataException">What came is no NUT.</exception>
    public async ValueTask<NutPacket?> NextAsync()
    {
        try
        {
            while (true)
            {
                await FillAsync(1).ConfigureAwait(false);
                if (_buffer[_begin] != (byte)'N')
                {
                    return await ReadFrameHeaderAsync().ConfigureAwait(false);
                }

                ulong code = BinaryPrimitives.ReadUInt64BigEndian(await TakeAsync(8).ConfigureAwait(false));
                byte[] payload = await ReadHeaderAsync().ConfigureAwait(false);
                if (code == SyncCode)
                {
                    Synchronise(payload);
                }
            }
        }
        catch (EndOfStreamException)
        {
            return null;
        }
    }

    /// <summary>Fills <paramref name="target"/>, as long as the packet, with the packet's payload.</summary>
    /// <returns>False: the stream ended within the payload.</returns>
    public async ValueTask<bool> ReadAsync(Memory<byte> target)
    {
        _prefix.CopyTo(target);
        target = target[_prefix.Length..];
        int buffered = Math.Min(target.Length, _end - _begin);
        _buffer.AsMemory(_begin, buffered).CopyTo(target);
        _begin += buffered;
        _left = 0;
        int wanted = target.Length - buffered;
        return await input.ReadAtLeastAsync(target[buffered..], wanted, throwOnEndOfStream: false).ConfigureAwait(false) == wanted;
    }

    /// <summary>Passes over the packet's payload.</summary>
    /// <returns>False: the stream ended within the payload.</returns>
    public async ValueTask<bool> SkipAsync()
    {
        while (_left > 0)
        {
            if (_begin == _end && !await MoreAsync().ConfigureAwait(false))
            {
                return false;
            }

            int step = Math.Min(_left, _end - _begin);
            _begin += step;
            _left -= step;
        }

        return true;
    }

    private async ValueTask<NutPacket> ReadFrameHeaderAsync()
    {
        // The longest frame header is far below 128 bytes, and every frame of ours is followed by more; at the very end fewer bytes remain.
        await FillAsync(128, required: false).ConfigureAwait(false);
        var reader = new NutFields(_buffer.AsSpan(_begin, _end - _begin));
        NutPacket packet = ParseFrame(ref reader, out _prefix);
        _begin += reader.Position;
        _left = packet.Size - _prefix.Length;
        return packet;
    }

    private NutPacket ParseFrame(ref NutFields reader, out byte[] prefix)
    {
        NutFrameCode code = _codes[reader.Byte()];
        NutFlags flags = code.Flags;
        if (flags.HasFlag(NutFlags.Coded))
        {
            flags ^= (NutFlags)reader.Unsigned();
        }

        if (flags.HasFlag(NutFlags.Invalid))
        {
            throw new InvalidDataException("The decoder's output is no NUT stream: invalid frame code.");
        }

        int index = flags.HasFlag(NutFlags.StreamId) ? checked((int)reader.Unsigned()) : code.Stream;
        if ((uint)index >= (uint)_streams.Length)
        {
            throw new InvalidDataException($"The decoder's output has no stream {index}.");
        }

        NutStream stream = _streams[index];
        long pts = flags.HasFlag(NutFlags.CodedPts) ? stream.PtsOf(reader.Unsigned()) : stream.LastPts + code.PtsDelta;
        stream.LastPts = pts;
        long size = code.SizeLsb + (flags.HasFlag(NutFlags.SizeMsb) ? code.SizeMul * reader.Unsigned() : 0);
        if (flags.HasFlag(NutFlags.MatchTime))
        {
            reader.Signed();
        }

        int elided = flags.HasFlag(NutFlags.HeaderIndex) ? checked((int)reader.Unsigned()) : code.HeaderIndex;
        long reserved = flags.HasFlag(NutFlags.Reserved) ? reader.Unsigned() : code.Reserved;
        for (long i = 0; i < reserved; i++)
        {
            reader.Unsigned();
        }

        if (flags.HasFlag(NutFlags.Checksum))
        {
            reader.Skip(4);
        }

        prefix = _elided[size > 4096 ? 0 : elided];
        return new NutPacket(index, pts, checked((int)size));
    }

    private void ReadMain(byte[] payload)
    {
        var reader = new NutFields(payload);
        long version = reader.Unsigned();
        if (version > 3)
        {
            reader.Unsigned();
        }

        _streams = new NutStream[Math.Min(reader.Unsigned(), 16)];
        reader.Unsigned();
        for (long bases = reader.Unsigned(); bases > 0; bases--)
        {
            _timeBases.Add((reader.Unsigned(), reader.Unsigned()));
        }

        ReadFrameCodes(ref reader);
        for (long headers = reader.Unsigned(); headers > 0; headers--)
        {
            _elided.Add(reader.Bytes());
        }
    }

    private void ReadFrameCodes(ref NutFields reader)
    {
        long pts = 0, mul = 1, stream = 0, header = 0;
        for (int i = 0; i < 256;)
        {
            var flags = (NutFlags)reader.Unsigned();
            long fields = reader.Unsigned();
            pts = fields > 0 ? reader.Signed() : pts;
            mul = fields > 1 ? reader.Unsigned() : mul;
            stream = fields > 2 ? reader.Unsigned() : stream;
            long size = fields > 3 ? reader.Unsigned() : 0;
            long reserved = fields > 4 ? reader.Unsigned() : 0;
            long count = fields > 5 ? reader.Unsigned() : mul - size;
            if (fields > 6)
            {
                reader.Signed();
            }

            header = fields > 7 ? reader.Unsigned() : header;
            for (long extra = 8; extra < fields; extra++)
            {
                reader.Unsigned();
            }

            for (long j = 0; j < count && i < 256; j++, i++)
            {
                // 'N' begins the headers and is no frame code.
                if (i == 'N')
                {
                    _codes[i] = new NutFrameCode(NutFlags.Invalid, 0, 1, 0, 0, 0, 0);
                    j--;
                    continue;
                }

                _codes[i] = new NutFrameCode(flags, pts, mul, (int)stream, size + j, reserved, (int)header);
            }
        }
    }

    private void ReadStream(byte[] payload)
    {
        var reader = new NutFields(payload);
        long id = reader.Unsigned();
        long kind = reader.Unsigned();
        reader.Bytes();
        (long num, long den) = _timeBases[checked((int)reader.Unsigned())];
        int shift = checked((int)reader.Unsigned());
        reader.Unsigned();
        reader.Unsigned();
        reader.Unsigned();
        reader.Bytes();
        long first = reader.Unsigned(), second = reader.Unsigned();
        _streams[id] = new NutStream(kind == 0, num, den, shift, (int)first, kind == 0 ? (int)second : 0);
    }

    private void Synchronise(byte[] payload)
    {
        var reader = new NutFields(payload);
        long value = reader.Unsigned();
        (long num, long den) = _timeBases[(int)(value % _timeBases.Count)];
        BigInteger ticks = value / _timeBases.Count;
        foreach (NutStream stream in _streams)
        {
            stream.LastPts = (long)(ticks * num * stream.Den / ((BigInteger)den * stream.Num));
        }
    }

    private async ValueTask<byte[]> ReadHeaderAsync()
    {
        long length = await UnsignedAsync().ConfigureAwait(false);
        if (length is < 4 or > MaxHeaderBytes)
        {
            throw new InvalidDataException("The decoder's output is no NUT stream: impossible header length.");
        }

        if (length > 4096)
        {
            await TakeAsync(4).ConfigureAwait(false);
        }

        byte[] payload = new byte[length];
        _prefix = [];
        return await ReadAsync(payload).ConfigureAwait(false) ? payload : throw new EndOfStreamException();
    }

    private async ValueTask<long> UnsignedAsync()
    {
        long value = 0;
        while (true)
        {
            byte next = (await TakeAsync(1).ConfigureAwait(false))[0];
            value = (value << 7) | (next & 0x7Fu);
            if (next < 0x80)
            {
                return value;
            }
        }
    }

    private async ValueTask<byte[]> TakeAsync(int count)
    {
        await FillAsync(count).ConfigureAwait(false);
        byte[] taken = _buffer.AsSpan(_begin, count).ToArray();
        _begin += count;
        return taken;
    }

    private async ValueTask FillAsync(int count, bool required = true)
    {
        while (_end - _begin < count)
        {
            if (!await MoreAsync().ConfigureAwait(false))
            {
                if (required)
                {
                    throw new EndOfStreamException();
                }

                return;
            }
        }
    }

    private async ValueTask<bool> MoreAsync()
    {
        if (_begin > 0)
        {
            _buffer.AsSpan(_begin, _end - _begin).CopyTo(_buffer);
            _end -= _begin;
            _begin = 0;
        }

        int read = await input.ReadAsync(_buffer.AsMemory(_end)).ConfigureAwait(false);
        _end += read;
        return read > 0;
    }
}

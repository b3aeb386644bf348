using System.Buffers.Binary;

namespace Sensing.EdgeNode.Outbox;

/// <summary>SQLite's write-ahead log as a file (File Format For SQLite Databases, section 4): SQLite itself takes what comes before the first
/// frame that does not fit for the whole log, and says nothing of what comes after.</summary>
internal static class OutboxLogFile
{
    private const int HeaderBytes = 32;
    private const int FrameHeaderBytes = 24;
    private const uint Magic = 0x377F0682;

    /// <summary>What is wrong with a log, one phrase; null where it is sound, or there is none. A torn last frame is what a power cut leaves.</summary>
    public static string? Problem(string path)
    {
        if (Open(path) is not { } log)
        {
            return null;
        }

        using (log)
        {
            if (!log.IsSound)
            {
                return "the header of the write-ahead log is damaged";
            }

            List<Frame> frames = log.Frames();
            int bad = frames.FindIndex(frame => !frame.IsSound);
            return bad >= 0 && frames.FindLastIndex(frame => frame.IsSound && frame.Commits) > bad
                ? $"frame {bad + 1} of {frames.Count} of the write-ahead log is damaged"
                : null;
        }
    }

    /// <summary>The log as it was found, where <see cref="Repair"/> had to write another.</summary>
    public static string FoundOf(string path) => File.Exists(Unrepaired(path)) ? Unrepaired(path) : path;

    /// <summary>Writes the log anew with its sound frames alone, so that SQLite reads all of them. The log as it was found is kept beside it; after a
    /// kill the repair begins anew from there.</summary>
    /// <returns>The database's page size; null if the log is missing.</returns>
    public static int? Repair(string path)
    {
        if (Open(FoundOf(path)) is not { } log)
        {
            return null;
        }

        using (log)
        {
            List<Frame> frames = log.Frames();
            int bad = frames.FindIndex(frame => !frame.IsSound);
            if (!log.IsSound || (bad >= 0 && frames.FindLastIndex(frame => frame.IsSound) > bad))
            {
                log.Write(path + ".sound", [.. frames.Where(frame => frame.IsSound)]);
                if (!File.Exists(Unrepaired(path)))
                {
                    File.Move(path, Unrepaired(path));
                }

                File.Move(path + ".sound", path, overwrite: true);
            }

            return log.PageBytes;
        }
    }

    private static string Unrepaired(string path) => path + ".unrepaired";

    private static Log? Open(string path)
    {
        if (!File.Exists(path) || new FileInfo(path).Length <= HeaderBytes)
        {
            return null;
        }

        return new Log(File.OpenRead(path));
    }

    private readonly record struct Frame(long Offset, bool IsSound, bool Commits, uint Pages);

    private sealed class Log : IDisposable
    {
        private readonly FileStream _file;
        private readonly byte[] _header = new byte[HeaderBytes];
        private readonly bool _bigEndian;

        public Log(FileStream file)
        {
            _file = file;
            file.ReadExactly(_header);
            uint magic = BinaryPrimitives.ReadUInt32BigEndian(_header);
            _bigEndian = (magic & 1) != 0;
            uint page = BinaryPrimitives.ReadUInt32BigEndian(_header.AsSpan(8));
            bool plausible = page is >= 512 and <= 65536 && (page & (page - 1)) == 0;
            (uint s0, uint s1) = Sum(0, 0, _header.AsSpan(0, 24));
            IsSound = (magic & ~1u) == Magic && plausible
                && s0 == BinaryPrimitives.ReadUInt32BigEndian(_header.AsSpan(24)) && s1 == BinaryPrimitives.ReadUInt32BigEndian(_header.AsSpan(28));

            PageBytes = plausible ? (int)page : OutboxSchema.PageBytes;
        }

        public bool IsSound { get; }

        public int PageBytes { get; }

        /// <summary>The frames of the log's own generation; frames of an earlier one, further behind, have other salts.</summary>
        public List<Frame> Frames()
        {
            var frames = new List<Frame>();
            byte[] frame = new byte[FrameHeaderBytes + PageBytes];
            byte[] salts = _header[16..24];
            (uint s0, uint s1) = (BinaryPrimitives.ReadUInt32BigEndian(_header.AsSpan(24)), BinaryPrimitives.ReadUInt32BigEndian(_header.AsSpan(28)));
            for (long offset = HeaderBytes; offset + frame.Length <= _file.Length; offset += frame.Length)
            {
                _file.Position = offset;
                _file.ReadExactly(frame);
                if (frames.Count == 0 && !IsSound)
                {
                    salts = frame[8..16];
                }

                bool own = frame.AsSpan(8, 8).SequenceEqual(salts);
                (uint t0, uint t1) = Sum(s0, s1, frame.AsSpan(0, 8));
                (t0, t1) = Sum(t0, t1, frame.AsSpan(FrameHeaderBytes));
                (s0, s1) = (BinaryPrimitives.ReadUInt32BigEndian(frame.AsSpan(16)), BinaryPrimitives.ReadUInt32BigEndian(frame.AsSpan(20)));
                uint pages = BinaryPrimitives.ReadUInt32BigEndian(frame.AsSpan(4));
                frames.Add(new Frame(offset, own && s0 == t0 && s1 == t1, pages != 0, pages));
            }

            int last = frames.FindLastIndex(one => one.IsSound);
            return frames[..(last + 1)];
        }

        public void Write(string path, IReadOnlyList<Frame> frames)
        {
            using FileStream file = File.Create(path);
            byte[] header = [.. _header];
            BinaryPrimitives.WriteUInt32BigEndian(header, Magic | (_bigEndian ? 1u : 0));
            BinaryPrimitives.WriteUInt32BigEndian(header.AsSpan(4), 3007000);
            BinaryPrimitives.WriteUInt32BigEndian(header.AsSpan(8), (uint)PageBytes);
            (uint s0, uint s1) = Sum(0, 0, header.AsSpan(0, 24));
            BinaryPrimitives.WriteUInt32BigEndian(header.AsSpan(24), s0);
            BinaryPrimitives.WriteUInt32BigEndian(header.AsSpan(28), s1);
            file.Write(header);
            byte[] frame = new byte[FrameHeaderBytes + PageBytes];
            uint pages = frames.Count == 0 ? 0 : frames.Max(one => one.Pages);
            for (int i = 0; i < frames.Count; i++)
            {
                _file.Position = frames[i].Offset;
                _file.ReadExactly(frame);
                BinaryPrimitives.WriteUInt32BigEndian(frame.AsSpan(4), i == frames.Count - 1 ? pages : 0);
                header.AsSpan(16, 8).CopyTo(frame.AsSpan(8));
                (s0, s1) = Sum(s0, s1, frame.AsSpan(0, 8));
                (s0, s1) = Sum(s0, s1, frame.AsSpan(FrameHeaderBytes));
                BinaryPrimitives.WriteUInt32BigEndian(frame.AsSpan(16), s0);
                BinaryPrimitives.WriteUInt32BigEndian(frame.AsSpan(20), s1);
                file.Write(frame);
            }
        }

        public void Dispose() => _file.Dispose();

        private (uint S0, uint S1) Sum(uint s0, uint s1, ReadOnlySpan<byte> bytes)
        {
            for (int i = 0; i < bytes.Length; i += 8)
            {
                s0 += Word(bytes[i..]) + s1;
                s1 += Word(bytes[(i + 4)..]) + s0;
            }

            return (s0, s1);
        }

        private uint Word(ReadOnlySpan<byte> bytes) =>
            _bigEndian ? BinaryPrimitives.ReadUInt32BigEndian(bytes) : BinaryPrimitives.ReadUInt32LittleEndian(bytes);
    }
}

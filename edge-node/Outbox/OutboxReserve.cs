namespace Sensing.EdgeNode.Outbox;

/// <summary>A piece of disk held in reserve. On a full disk even removing an event needs some room (the write-ahead log and its
/// way back into the file), so the reserve is given up for removals; without it a full outbox could never empty itself.</summary>
internal sealed class OutboxReserve(string path)
{
    /// <summary>Room for one write-ahead log of the usual length and its way back.</summary>
    public const int Bytes = 8 * 1024 * 1024;

    /// <summary>Less than this helps nobody: the log's index alone takes 32 KiB.</summary>
    private const long Least = 256 * 1024;

    /// <summary>So much must be free, beside the reserve, before it is taken again.</summary>
    private const long FreeBefore = 2L * Bytes;

    private readonly string _file = path + ".reserve";

    /// <summary>What it is worth on this disk: less than <see cref="Bytes"/> where the node was started with little
    /// room. A larger one could never be taken again there, and appends would wait until nothing waits.</summary>
    private int _bytes = Bytes;

    /// <summary>Whether it was given up and is not back yet.</summary>
    public bool IsGivenUp { get; private set; }

    /// <summary>Bytes that are held.</summary>
    public long Held => File.Exists(_file) ? new FileInfo(_file).Length : 0;

    /// <summary>Bytes that are free on the disk; 0 where that cannot be known.</summary>
    public long FreeBytes
    {
        get
        {
            try
            {
                return new DriveInfo(Path.GetDirectoryName(Path.GetFullPath(_file))!).AvailableFreeSpace;
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                return 0;
            }
        }
    }

    /// <summary>Takes the reserve as the outbox opens: where there is little room, half of that. A disk that the outbox itself fills then still lets it
    /// be emptied. Where there is not even that, appends wait until there is, as after the reserve was given up.</summary>
    public void TakeAtStart()
    {
        TryTake();
        if (Held > 0)
        {
            return;
        }

        IsGivenUp = true;
        long half = FreeBytes / 2;
        _bytes = (int)Math.Clamp(half, Least, Bytes);
        if (half >= Least)
        {
            TryWrite(_bytes);
        }
    }

    /// <summary>Takes the reserve where there is room for it; without room the outbox works all the same.</summary>
    /// <param name="freeBefore">So much must be free, bytes; absent: that what is left is room to work in.</param>
    public void TryTake(long freeBefore = FreeBefore)
    {
        try
        {
            if (File.Exists(_file))
            {
                IsGivenUp = false;
                return;
            }

            long free = new DriveInfo(Path.GetDirectoryName(Path.GetFullPath(_file))!).AvailableFreeSpace;
            if (free >= freeBefore)
            {
                TryWrite(Bytes);
            }
            else if (_bytes < Bytes && free >= 2L * _bytes)
            {
                TryWrite(_bytes);
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            TryGiveUp();
        }
    }

    /// <returns>False where there is none.</returns>
    public bool TryGiveUp()
    {
        try
        {
            bool held = File.Exists(_file);
            File.Delete(_file);
            IsGivenUp |= held;
            return held;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private void TryWrite(int bytes)
    {
        try
        {
            // Written, not only made long: a file with holes holds no room.
            File.WriteAllBytes(_file, new byte[bytes]);
            IsGivenUp = false;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            TryGiveUp();
        }
    }
}

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

    /// <summary>Whether it was given up and is not back yet.</summary>
    public bool IsGivenUp { get; private set; }

    /// <summary>What it is worth on this disk: less than <see cref="Bytes"/> where there was little room. A larger one
    /// could never be taken again there.</summary>
    public int Share { get; private set; } = Bytes;

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

    /// <summary>Takes the reserve as the outbox opens: where there is little room, a third of that. A disk that the outbox itself fills then still lets it
    /// be emptied. Where there is not even that, appends wait until there is, as after the reserve was given up.</summary>
    public void TakeAtStart()
    {
        TryTake();
        if (Held == 0)
        {
            IsGivenUp = true;
            TakeShare();
        }
    }

    /// <summary>Takes a third of the little room that there is: another third is for the log, and one for the way back
    /// into the file.</summary>
    public void TakeShare()
    {
        long third = FreeBytes / 3;
        Share = (int)Math.Clamp(third, Least, Bytes);
        if (third >= Least)
        {
            TryWrite(Share);
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
                Share = Bytes;
                TryWrite(Bytes);
            }
            else if (Share < Bytes && free >= 2L * Share)
            {
                TryWrite(Share);
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

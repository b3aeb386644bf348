namespace Sensing.EdgeNode.Tests.Outbox.Damage;

/// <summary>What disks, crashes and people do to an outbox's files.</summary>
/// <param name="Name">In reports.</param>
/// <param name="Apply">Damages the files of a folder; false where there is nothing to damage.</param>
public sealed record OutboxDamage(string Name, Func<string, Random, bool> Apply)
{
    private const string Main = "outbox.db";
    private const string Log = "outbox.db-wal";
    private const string Mark = "outbox.db.mark";
    private const int Page = 4096;

    /// <summary>Every kind, in turns.</summary>
    public static readonly OutboxDamage[] All =
    [
        new("bit of the database", (folder, random) => Flip(Path.Combine(folder, Main), random, 1)),
        new("20 bits of the database", (folder, random) => Flip(Path.Combine(folder, Main), random, 20)),
        new("sector of the database", (folder, random) =>
            Overwrite(Path.Combine(folder, Main), random, 512, noise: false)),
        new("page of the database", (folder, random) =>
            Overwrite(Path.Combine(folder, Main), random, Page, noise: true)),
        new("first page", (folder, random) => First(Path.Combine(folder, Main), random)),
        new("database cut off", (folder, random) => Cut(Path.Combine(folder, Main), random)),
        new("database deleted", (folder, _) => Delete(Path.Combine(folder, Main))),
        new("database emptied", (folder, _) => Empty(Path.Combine(folder, Main))),
        new("bit of the log", (folder, random) => Flip(Path.Combine(folder, Log), random, 1)),
        new("20 bits of the log", (folder, random) => Flip(Path.Combine(folder, Log), random, 20)),
        new("page of the log", (folder, random) => Overwrite(Path.Combine(folder, Log), random, Page, noise: true)),
        new("header of the log", (folder, random) => Header(Path.Combine(folder, Log), random)),
        new("log cut off", (folder, random) => Cut(Path.Combine(folder, Log), random)),
        new("log deleted", (folder, _) => Delete(Path.Combine(folder, Log))),
        new("log emptied", (folder, _) => Empty(Path.Combine(folder, Log))),
        new("log of noise", (folder, random) => Noise(Path.Combine(folder, Log), random)),
        new("mark of noise", (folder, random) => Flip(Path.Combine(folder, Mark), random, 4)),
        new("mark deleted", (folder, _) => Delete(Path.Combine(folder, Mark))),
        new("database and log", (folder, random) =>
            Flip(Path.Combine(folder, Main), random, 5) & Flip(Path.Combine(folder, Log), random, 5)),
        new("database cut off, log damaged", (folder, random) =>
            Cut(Path.Combine(folder, Main), random) & Flip(Path.Combine(folder, Log), random, 3)),
    ];

    private static bool Flip(string file, Random random, int bits) => Change(file, bytes =>
    {
        for (int i = 0; i < bits; i++)
        {
            bytes[random.Next(bytes.Length)] ^= (byte)(1 << random.Next(8));
        }
    });

    private static bool Overwrite(string file, Random random, int length, bool noise) => Change(file, bytes =>
    {
        int from = random.Next(bytes.Length) / length * length;
        Span<byte> part = bytes.AsSpan(from, Math.Min(length, bytes.Length - from));
        part.Clear();
        if (noise)
        {
            random.NextBytes(part);
        }
    });

    private static bool First(string file, Random random) => Change(file, bytes =>
    {
        for (int i = 0; i < 10; i++)
        {
            bytes[random.Next(Math.Min(bytes.Length, 200))] = (byte)random.Next(256);
        }
    });

    private static bool Header(string file, Random random) =>
        Change(file, bytes => bytes[random.Next(32)] ^= (byte)random.Next(1, 256));

    private static bool Noise(string file, Random random) => Change(file, random.NextBytes);

    private static bool Change(string file, Action<byte[]> change)
    {
        if (!File.Exists(file) || new FileInfo(file).Length == 0)
        {
            return false;
        }

        byte[] bytes = File.ReadAllBytes(file);
        change(bytes);
        File.WriteAllBytes(file, bytes);
        return true;
    }

    private static bool Cut(string file, Random random)
    {
        if (!File.Exists(file))
        {
            return false;
        }

        using FileStream stream = File.OpenWrite(file);
        stream.SetLength(random.NextInt64(stream.Length));
        return true;
    }

    private static bool Delete(string file)
    {
        bool was = File.Exists(file);
        File.Delete(file);
        return was;
    }

    private static bool Empty(string file)
    {
        if (!File.Exists(file))
        {
            return false;
        }

        File.WriteAllBytes(file, []);
        return true;
    }
}

using System.Globalization;

namespace Sensing.Benchmarks.Camera;

/// <summary>What this process and the programs that it started use: a camera is a process and its ffmpeg.</summary>
internal static class ProcessTree
{
    private static readonly string Self = Environment.ProcessId.ToString(CultureInfo.InvariantCulture);

    /// <summary>Resident memory of all, MB.</summary>
    public static double ResidentMb()
    {
        double kilobytes = Kilobytes(Self);
        foreach (string child in Children())
        {
            kilobytes += Kilobytes(child);
        }

        return kilobytes / 1024;
    }

    /// <summary>User and system time of all, and of children that have ended, s.</summary>
    public static double ProcessorSeconds()
    {
        // utime, stime, cutime and cstime: words 14 to 17 of proc_pid_stat(5), in ticks of 10 ms.
        double ticks = Ticks(Stat("self"), 4);
        foreach (string child in Children())
        {
            ticks += Ticks(Stat(child), 2);
        }

        return ticks / 100;
    }

    private static IEnumerable<string> Children() => Directory.EnumerateDirectories("/proc").Select(path => Path.GetFileName(path))
        .Where(id => char.IsAsciiDigit(id[0]) && Stat(id) is { } stat && stat[1] == Self);

    private static double Ticks(string[]? stat, int words) =>
        stat is null ? 0 : stat[11..(11 + words)].Sum(ticks => double.Parse(ticks, CultureInfo.InvariantCulture));

    /// <summary>The words behind the name; null where the process has ended.</summary>
    private static string[]? Stat(string id)
    {
        try
        {
            string stat = File.ReadAllText($"/proc/{id}/stat");
            return stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
        }
        catch (IOException)
        {
            return null;
        }
    }

    private static double Kilobytes(string id)
    {
        try
        {
            string line = File.ReadLines($"/proc/{id}/status").First(text => text.StartsWith("VmRSS", StringComparison.Ordinal));
            return double.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture);
        }
        catch (Exception error) when (error is IOException or InvalidOperationException)
        {
            return 0;
        }
    }
}

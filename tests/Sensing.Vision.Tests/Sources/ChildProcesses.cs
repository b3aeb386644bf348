using System.Diagnostics;
using System.Globalization;

namespace Sensing.Vision.Tests.Sources;

/// <summary>FFmpeg's processes, found by what is on their command line.</summary>
internal static class ChildProcesses
{
    /// <summary>Kills the one whose command line holds a text.</summary>
    public static void Kill(string text)
    {
        int id = Assert.Single(Find(text, parent: Environment.ProcessId));
        using Process process = Process.GetProcessById(id);
        process.Kill();
    }

    /// <summary>The children of a process whose command line holds a text.</summary>
    public static List<int> Find(string text, int parent)
    {
        var found = new List<int>();
        foreach (string folder in Directory.GetDirectories("/proc"))
        {
            if (!int.TryParse(Path.GetFileName(folder), CultureInfo.InvariantCulture, out int id))
            {
                continue;
            }

            try
            {
                string stat = File.ReadAllText(Path.Combine(folder, "stat"));
                string[] words = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
                if (words[1] == parent.ToString(CultureInfo.InvariantCulture) && words[0] != "Z"
                    && File.ReadAllText(Path.Combine(folder, "cmdline")).Contains(text, StringComparison.Ordinal))
                {
                    found.Add(id);
                }
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                // It has ended meanwhile.
            }
        }

        return found;
    }

    public static bool Runs(int id)
    {
        try
        {
            string stat = File.ReadAllText($"/proc/{id}/stat");
            return stat[stat.LastIndexOf(')') + 2] != 'Z';
        }
        catch (IOException)
        {
            return false;
        }
    }
}

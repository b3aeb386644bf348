using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;

namespace Sensing.Testing;

/// <summary>A process that this one has not started itself: it is known by its number and the instant of its start, since numbers are given again,
/// also to threads.</summary>
internal sealed class ForeignProcess
{
    /// <summary>There is no signal when it ends.</summary>
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(10);

    private readonly string _start;

    private ForeignProcess(int id, string start) => (Id, _start) = (id, start);

    public int Id { get; }

    /// <summary>Whether it has not ended. What nobody has reaped yet has ended: it holds neither ports nor files any more.</summary>
    public bool Runs => Started(Id) == _start;

    /// <summary>The process that has this number now; null where none has.</summary>
    public static ForeignProcess? Find(int id) => Started(id) is { } start ? new ForeignProcess(id, start) : null;

    /// <summary>SIGKILL, unless it has ended, and waits for its end.</summary>
    public async Task KillAsync(CancellationToken cancellation)
    {
        if (Runs)
        {
            try
            {
                using Process process = Process.GetProcessById(Id);
                process.Kill();
            }
            catch (Exception error) when (error is ArgumentException or InvalidOperationException or Win32Exception)
            {
                // It has ended by itself meanwhile.
            }
        }

        while (Runs)
        {
            await Task.Delay(Look, TimeProvider.System, cancellation);
        }
    }

    /// <returns>When it was started, in ticks since the machine's start; null where it has ended.</returns>
    private static string? Started(int id)
    {
        try
        {
            // The name, in brackets, may hold anything; then the state is the first and the start the twentieth word.
            string place = $"/proc/{id.ToString(CultureInfo.InvariantCulture)}";
            string stat = File.ReadAllText(Path.Combine(place, "stat"));
            string[] words = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');

            // The first thread may have ended before the others, who still hold what is open.
            bool hasEnded = words[0] is "Z" or "X" && Directory.GetDirectories(Path.Combine(place, "task")).Length <= 1;
            return hasEnded ? null : words[19];
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}

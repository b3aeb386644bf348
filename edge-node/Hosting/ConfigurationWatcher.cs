using System.Runtime.InteropServices;
using Microsoft.Extensions.Logging;
using Sensing.Configuration;
using Sensing.EdgeNode.Configuration;

namespace Sensing.EdgeNode.Hosting;

/// <summary>Reads a changed configuration while the node runs: by looking every two seconds, or at once on SIGHUP.</summary>
/// <remarks>Looking works where notifications do not: replaced files, links, network folders.</remarks>
public sealed class ConfigurationWatcher(
    string path, Func<ConfigurationResult<NodeOptions>> load, EdgeNodeHost host, TimeProvider time, ILogger logger)
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(2);

    public async Task RunAsync(CancellationToken stop)
    {
        using var now = new SemaphoreSlim(0);
        using PosixSignalRegistration? reload = OperatingSystem.IsWindows() ? null : PosixSignalRegistration.Create(PosixSignal.SIGHUP, signal =>
        {
            signal.Cancel = true;
            now.Release();
        });
        string known = Stamp();
        string before = known;
        while (!stop.IsCancellationRequested)
        {
            bool asked = await WaitAsync(now, stop);
            if (stop.IsCancellationRequested)
            {
                return;
            }

            string stamp = Stamp();

            // Two looks must agree: a file that is still being written is not read.
            if (asked || (stamp != known && stamp == before))
            {
                known = stamp;
                await ReloadAsync();
            }

            before = stamp;
        }
    }

    private async Task ReloadAsync()
    {
        ConfigurationResult<NodeOptions> result = load();
        IReadOnlyList<ConfigurationProblem> problems = result.Value is { } options ? await host.ApplyAsync(options) : result.Problems;
        if (problems.Count > 0)
        {
            HostLog.Refused(logger, string.Concat(problems.Select(problem => $"\n  {problem}")));
        }
    }

    private async Task<bool> WaitAsync(SemaphoreSlim now, CancellationToken stop)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(stop);
        Task asked = now.WaitAsync(over.Token);
        await Task.WhenAny(asked, Task.Delay(LookEvery, time, over.Token));
        bool byHand = asked.IsCompletedSuccessfully;
        await over.CancelAsync();
        return byHand;
    }

    private string Stamp()
    {
        var file = new FileInfo(path);
        return file.Exists ? $"{file.LastWriteTimeUtc.Ticks}/{file.Length}" : "absent";
    }
}

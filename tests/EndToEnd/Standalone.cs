using Sensing.Testing;

namespace Sensing.EndToEnd;

/// <summary>A standalone as a process of its own, once it says where it is.</summary>
internal sealed class Standalone : IAsyncDisposable
{
    private Standalone(ProgramProcess process, Uri page)
    {
        Process = process;
        Page = page;
        Query = new QueryClient(page);
    }

    public ProgramProcess Process { get; }

    public Uri Page { get; }

    public QueryClient Query { get; }

    /// <summary>Starts it on free ports of this machine: tests run side by side, and only one of them would have 1883.</summary>
    public static async Task<Standalone> StartAsync(string data, IEnumerable<string> options, CancellationToken cancellation)
    {
        ProgramProcess process = ProgramProcess.Start("standalone", ["--data", data, "--listen", "http://127.0.0.1:0", "--mqtt-port", $"{LoopbackPort.Free()}", .. options]);
        try
        {
            string page = (await process.WaitForLineAsync(@"live page\s+(http://127\.0\.0\.1:\d+/)", cancellation)).Groups[1].Value;
            return new Standalone(process, new Uri(page));
        }
        catch
        {
            await process.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        Query.Dispose();
        await Process.DisposeAsync();
    }
}

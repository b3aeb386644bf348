using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Sensing.Testing.Delivery;

/// <summary>A cloud-ingest process that is started again after each kill, from one file.</summary>
/// <param name="configuration">Its cloud.json.</param>
/// <param name="through">A command that becomes the program it is given; absent: none.</param>
public sealed class CloudProcess(string configuration, IReadOnlyList<string>? through = null) : IAsyncDisposable
{
    private readonly Lock _lock = new();
    private TaskCompletionSource<Uri> _up = New();
    private ProgramProcess? _process;

    /// <summary>Completes with the address of its API or health checks while it runs.</summary>
    public Task<Uri> Up
    {
        get
        {
            lock (_lock)
            {
                return _up.Task;
            }
        }
    }

    /// <summary>Its memory now, bytes.</summary>
    public long ResidentBytes => _process!.ResidentBytes();

    /// <summary>Its largest memory so far, bytes.</summary>
    public long PeakResidentBytes => _process!.PeakResidentBytes();

    /// <summary>Its processor time so far.</summary>
    public TimeSpan ProcessorTime => _process!.ProcessorTime();

    /// <summary>What the running process has printed.</summary>
    public string Output => _process?.Output ?? "";

    /// <summary>One that is not running yet, with its file written.</summary>
    /// <param name="file">Where its cloud.json goes.</param>
    /// <param name="configuration">What is in it; its API gets a free port of loopback.</param>
    /// <param name="cancellation">Of the writing.</param>
    /// <param name="through">A command that becomes the program it is given; absent: none.</param>
    public static async Task<CloudProcess> CreateAsync(string file, JsonObject configuration, CancellationToken cancellation, IReadOnlyList<string>? through = null)
    {
        configuration["http"] = new JsonObject { ["address"] = "http://127.0.0.1:0" };
        await File.WriteAllTextAsync(file, configuration.ToJsonString(new JsonSerializerOptions { WriteIndented = true }), cancellation);
        return new CloudProcess(file, through);
    }

    /// <summary>Starts it and waits until it is there.</summary>
    /// <exception cref="TimeoutException">It has not said so for two minutes.</exception>
    /// <param name="cancellation">Of the start.</param>
    /// <param name="line">A further line to wait for, printed before its address or after.</param>
    public async Task StartAsync(CancellationToken cancellation, string? line = null)
    {
        _process = ProgramProcess.Start("cloud-ingest", ["run", configuration], through: through);
        string address = (await SaidAsync(@"^The (?:query API is|health checks are) at (\S+)\.$", cancellation)).Groups[1].Value;
        if (line is not null && !_process.Output.Contains(line, StringComparison.Ordinal))
        {
            await SaidAsync(line, cancellation);
        }

        lock (_lock)
        {
            _up.SetResult(new Uri(address));
        }
    }

    /// <summary>Waits for the next line of the running process, printed or still to come, that matches.</summary>
    /// <exception cref="TimeoutException">It has not come for two minutes.</exception>
    public Task<Match> SaidAsync(string pattern, CancellationToken cancellation) =>
        _process!.WaitForLineAsync(pattern, cancellation).WaitAsync(DeliveryRig.Stall, TimeProvider.System, cancellation);

    /// <summary>SIGSTOP: it does nothing until <see cref="Resume"/>; its connections stay as long as the others keep them.</summary>
    public void Suspend() => _process!.Suspend();

    /// <summary>SIGCONT.</summary>
    public void Resume() => _process!.Resume();

    /// <summary>SIGKILL.</summary>
    public async Task KillAsync(CancellationToken cancellation)
    {
        Down();
        _process!.Kill();
        await _process.ExitAsync(cancellation);
        await _process.DisposeAsync();
        _process = null;
    }

    /// <summary>SIGTERM, and waits for its end.</summary>
    /// <exception cref="ProgramException">It ended with an error.</exception>
    public async Task StopAsync(CancellationToken cancellation)
    {
        if (_process is { } process)
        {
            Down();
            process.Terminate();
            await process.SucceedAsync(cancellation);
            await process.DisposeAsync();
            _process = null;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is { } process)
        {
            await process.DisposeAsync();
        }
    }

    private void Down()
    {
        lock (_lock)
        {
            _up = New();
        }
    }

    private static TaskCompletionSource<Uri> New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}

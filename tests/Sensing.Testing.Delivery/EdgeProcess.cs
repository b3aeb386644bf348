using System.Text.Json.Nodes;
using Sensing.EdgeNode.TestNode;
using Sensing.Events;

namespace Sensing.Testing.Delivery;

/// <summary>An edge node as a process of its own (its outbox, its publisher, the number source for a sensor) that is started again after each
/// kill, on the data it has.</summary>
public sealed class EdgeProcess : IAsyncDisposable
{
    private const int Streams = 3;

    /// <summary>There is no signal between processes: it is looked this often how far the node has read.</summary>
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(1);

    private readonly TemporaryFolder _folder = new();
    private readonly TaskCompletionSource _finished = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly (int Numbers, NumberGate Gate)[] _streams;
    private readonly SharedNumbers _clock;
    private readonly SmallDisk? _disk;
    private readonly IReadOnlyList<string> _through;
    private ProgramProcess? _process;

    /// <param name="setup">What node it is.</param>
    /// <param name="events">Events of all its streams together.</param>
    /// <param name="gate">Lets it read.</param>
    /// <param name="host">The broker's address.</param>
    /// <param name="port">The broker's port.</param>
    /// <param name="through">A command that starts it.</param>
    public EdgeProcess(EdgeSetup setup, int events, DeliveryGate gate, string host, int port, IReadOnlyList<string>? through = null)
    {
        _clock = new SharedNumbers(_folder["clock"]);
        _disk = setup.DiskMegabytes > 0 ? new SmallDisk(_folder["data"], setup.DiskMegabytes) : null;
        _through = [.. through ?? [], .. _disk?.Command ?? []];
        _streams = [.. Enumerable.Range(0, Streams).Select(stream => ((events / Streams) + (stream < events % Streams ? 1 : 0) - 1, new NumberGate(_folder[$"gate-{stream}"])))];
        Events = [.. _streams.SelectMany((stream, number) => EdgeEvents.Create(new StreamAddress("delivery", "edge", $"numbers-{number}"), stream.Numbers + 1, setup.Padding))];
        gate.Opened += Allow;
        Directory.CreateDirectory(_folder["data"]);
        File.WriteAllText(_folder["node.json"], Configuration(setup, host, port).ToJsonString());
    }

    /// <summary>What it is to deliver, in order within each stream.</summary>
    public SensorEvent[] Events { get; }

    /// <summary>Numbers of all streams that it has read so far; less again after a kill, which takes it back to a checkpoint.</summary>
    public long Read => _streams.Sum(stream => stream.Gate.Read);

    /// <summary>Whether it may read more than it has.</summary>
    public bool HasMoreToRead => Array.Exists(_streams, stream => stream.Gate.Read < Math.Min(stream.Gate.Allowed, stream.Numbers));

    /// <summary>Completes when it has delivered everything and ended by itself; faults where it ended otherwise and nobody had killed it.</summary>
    public Task Finished => _finished.Task;

    /// <summary>What the running process has printed.</summary>
    public string Output => _process?.Output ?? "";

    /// <summary>Starts it, again after a kill; it runs until everything is delivered.</summary>
    public void Start()
    {
        _process = ProgramProcess.Start(
            "test-node", ["run", _folder["node.json"], "--until-finished"], new Dictionary<string, string> { [Program.ClockVariable] = _folder["clock"] }, _through);
        _ = WatchAsync(_process);
    }

    /// <summary>SIGKILL.</summary>
    public async Task KillAsync(CancellationToken cancellation)
    {
        ProgramProcess process = _process!;
        _process = null;
        process.Kill();
        await process.ExitAsync(cancellation);
        await process.DisposeAsync();
    }

    /// <summary>Completes once it has read <paramref name="count"/> numbers.</summary>
    /// <exception cref="TimeoutException">It has not for two minutes.</exception>
    public Task ReadAsync(long count, CancellationToken cancellation) => LookAsync(count, cancellation).WaitAsync(DeliveryRig.Stall, TimeProvider.System, cancellation);

    /// <summary>Waits for the next line of the running process, printed or still to come, that matches.</summary>
    /// <exception cref="TimeoutException">It has not come for two minutes.</exception>
    public Task SaidAsync(string pattern, CancellationToken cancellation) =>
        _process!.WaitForLineAsync(pattern, cancellation).WaitAsync(DeliveryRig.Stall, TimeProvider.System, cancellation);

    /// <summary>Passes over what it has said: only what comes from now on is waited for.</summary>
    public void PassLines() => _process!.PassLines();

    /// <summary>Sets its clock, backwards too, while it runs.</summary>
    public void StepClock(TimeSpan by) => _clock[0] += by.Ticks;

    /// <summary>Takes all the room that its disk has left but <paramref name="leave"/> bytes.</summary>
    public void FillDisk(int leave = 0) => _disk!.Fill(_process!.Id, leave);

    /// <summary>Gives that room back.</summary>
    public void FreeDisk() => _disk!.Free(_process!.Id);

    public async ValueTask DisposeAsync()
    {
        if (_process is { } process)
        {
            _process = null;
            await process.DisposeAsync();
        }

        Array.ForEach(_streams, stream => stream.Gate.Dispose());
        _clock.Dispose();
        _folder.Dispose();
    }

    private void Allow(double share) => Array.ForEach(_streams, stream => stream.Gate.Allowed = (long)Math.Ceiling(share * stream.Numbers));

    private async Task LookAsync(long count, CancellationToken cancellation)
    {
        while (Read < count)
        {
            await Task.Delay(Look, TimeProvider.System, cancellation);
        }
    }

    private async Task WatchAsync(ProgramProcess process)
    {
        int code = await process.ExitAsync(CancellationToken.None);
        if (process == _process && code == 0)
        {
            _finished.TrySetResult();
        }
        else if (process == _process)
        {
            _finished.TrySetException(new ProgramException($"The edge node exited with {code}. It printed:\n{process.Output}"));
        }
    }

    private JsonObject Configuration(EdgeSetup setup, string host, int port) => new()
    {
        ["site"] = "delivery",
        ["node"] = "edge",
        ["dataDirectory"] = _folder["data"],
        ["mqtt"] = new JsonObject
        {
            ["host"] = host,
            ["port"] = port,
            ["statusSeconds"] = 0.2,
            ["ackTimeoutSeconds"] = setup.AckTimeoutSeconds,
            ["backoff"] = new JsonObject { ["initialSeconds"] = 0.02, ["maxSeconds"] = 0.2 },
        },
        ["outbox"] = new JsonObject { ["whenFull"] = "block" },
        ["checkpointSeconds"] = 0.1,
        // Streams wait long for a fault to pass; a restart would be told as an event of theirs.
        ["watchdog"] = new JsonObject { ["stallSeconds"] = 3600 },
        ["streams"] = new JsonArray([.. _streams.Select((stream, number) => (JsonNode)new JsonObject
        {
            ["name"] = $"numbers-{number}",
            ["source"] = new JsonObject { ["type"] = "numbers", ["count"] = stream.Numbers, ["block"] = 2, ["everyMs"] = 2, ["gateFile"] = _folder[$"gate-{number}"] },
            ["sum"] = new JsonObject { ["padding"] = setup.Padding },
        })]),
    };
}

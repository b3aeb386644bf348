using System.Diagnostics;
using System.Globalization;
using Xunit;

namespace Sensing.Testing;

/// <summary>A Kafka to test against: the mock cluster inside the native client, which is always there, a real one that
/// is running already
/// (<c>SENSING_TEST_KAFKA</c>), or a real one of the test's own from <c>../shared/kafka</c>. Those of the test's own
/// can be killed and run again.</summary>
public sealed class KafkaBroker : IAsyncDisposable
{
    private static int _name;
    private static int _port;

    private readonly TemporaryFolder? _folder;

    /// <summary>By number: 1, 2, ...</summary>
    private readonly Dictionary<int, ForeignProcess> _running;

    private KafkaBroker(string servers, string kind, TemporaryFolder? folder, MockKafkaCluster? mock)
    {
        Servers = servers;
        Kind = kind;
        _folder = folder;
        Cluster = mock;
        _running = folder is null ? [] : Running(folder.Path);
    }

    /// <summary>Bootstrap addresses.</summary>
    public string Servers { get; }

    /// <summary>Which Kafka this is, for a test's output.</summary>
    public string Kind { get; }

    /// <summary>The mock cluster; null where the Kafka is real.</summary>
    public MockKafkaCluster? Cluster { get; }

    /// <summary>Whether clients can create topics: the mock cluster has no controller.</summary>
    public bool HasController => Cluster is null;

    /// <summary>Whether a real Kafka of the test's own can be started here.</summary>
    public static bool CanStart => Script is not null && Programs.Find("java") is not null;

    /// <summary>A real Kafka that is running already, if one is named.</summary>
    public static KafkaBroker? Named => Environment.GetEnvironmentVariable("SENSING_TEST_KAFKA") is { Length: > 0 } servers
        ? new KafkaBroker(servers, "Kafka of SENSING_TEST_KAFKA", null, null)
        : null;

    /// <summary>Any Kafka, whichever there is.</summary>
    public static async Task<KafkaBroker> AnyAsync(CancellationToken cancellation) => Named ?? await OwnAsync(cancellation);

    /// <summary>One of the test's own on loopback, real or not.</summary>
    public static async Task<KafkaBroker> OwnAsync(CancellationToken cancellation) => CanStart ? await StartAsync(cancellation) : Mock();

    /// <summary>A real Kafka of the test's own; the test is skipped, with a message, where there is none.</summary>
    /// <param name="cancellation">Of the start.</param>
    /// <param name="brokers">From three on a record is in three places and acknowledged by two.</param>
    /// <param name="tls">Folder with server.pem and ca.pem: clients must show certificates.</param>
    /// <param name="settings">Of the brokers, <c>key=value</c>; brokers do not create topics unless these say so.</param>
    public static async Task<KafkaBroker> StartAsync(CancellationToken cancellation, int brokers = 1, string? tls = null, params string[] settings)
    {
        Assert.SkipUnless(CanStart, "No Kafka that can be started and killed: this test needs ../shared/kafka and Java 17.");
        var folder = new TemporaryFolder();
        try
        {
            List<string> arguments = ["start", folder.Path, "--port", FreeBase(brokers).ToString(CultureInfo.InvariantCulture), "--brokers", brokers.ToString(CultureInfo.InvariantCulture)];
            arguments.AddRange(tls is null ? [] : ["--tls", tls]);
            string[] ours = ["group.min.session.timeout.ms=500", "auto.create.topics.enable=false"];
            arguments.AddRange(ours.Concat(settings).SelectMany(setting => new[] { "--set", setting }));
            string output = await RunAsync(arguments, cancellation);
            return new KafkaBroker(output.Split('\n', StringSplitOptions.RemoveEmptyEntries)[^1], $"Kafka from ../shared/kafka, {brokers} broker(s)", folder, null);
        }
        catch
        {
            await EndAsync(Running(folder.Path).Values, folder);
            throw;
        }
    }

    /// <summary>The mock cluster of the native client.</summary>
    /// <param name="brokers">How many.</param>
    public static KafkaBroker Mock(int brokers = 1)
    {
        var cluster = new MockKafkaCluster(brokers);
        return new KafkaBroker(cluster.Servers, "the mock cluster inside librdkafka", null, cluster);
    }

    /// <summary>A prefix for topics that no other test has, since tests share a broker.</summary>
    public static string NewPrefix() => $"t{Environment.ProcessId}-{Interlocked.Increment(ref _name)}.";

    /// <summary>Processor time of its brokers so far; zero where they are not ours to look at.</summary>
    public TimeSpan ProcessorTime()
    {
        TimeSpan sum = TimeSpan.Zero;
        foreach (ForeignProcess broker in _running.Values)
        {
            using Process process = Process.GetProcessById(broker.Id);
            sum += process.TotalProcessorTime;
        }

        return sum;
    }

    /// <summary>SIGKILL to broker <paramref name="number"/>, or an end of its connections where it is a mock; its data
    /// stay.</summary>
    public async Task KillAsync(CancellationToken cancellation, int number = 1)
    {
        if (Cluster is not null)
        {
            Cluster.Down(number);
            return;
        }

        await _running[number].KillAsync(cancellation);
        _running.Remove(number);

        // The script would take whoever has the number next for the broker.
        File.Delete(PidFile(Folder, number));
    }

    /// <summary>Runs broker <paramref name="number"/> again on the data it has, and waits until it listens.</summary>
    public async Task RunAgainAsync(CancellationToken cancellation, int number = 1)
    {
        if (Cluster is not null)
        {
            Cluster.Up(number);
            return;
        }

        await RunAsync(["run", Folder, Text(number)], cancellation);
        _running[number] = Running(Folder)[number];
    }

    public async ValueTask DisposeAsync()
    {
        Cluster?.Dispose();
        if (_folder is not null)
        {
            await EndAsync(_running.Values, _folder);
        }
    }

    private static string? Script => SharedFolder.Find("kafka", "kafka-broker");

    private string Folder => _folder?.Path ?? throw new InvalidOperationException($"{Kind} cannot be killed.");

    /// <summary>Nothing of it is needed again: killed, which is faster than a clean stop.</summary>
    private static async Task EndAsync(IEnumerable<ForeignProcess> brokers, TemporaryFolder folder)
    {
        foreach (ForeignProcess broker in brokers)
        {
            await broker.KillAsync(CancellationToken.None);
        }

        folder.Dispose();
    }

    /// <summary>The brokers of a folder that run.</summary>
    private static Dictionary<int, ForeignProcess> Running(string folder)
    {
        var running = new Dictionary<int, ForeignProcess>();
        for (int number = 1; Directory.Exists(Path.Combine(folder, Text(number))); number++)
        {
            string file = PidFile(folder, number);
            if (File.Exists(file) && int.TryParse(File.ReadAllText(file), CultureInfo.InvariantCulture, out int id) && ForeignProcess.Find(id) is { } process)
            {
                running[number] = process;
            }
        }

        return running;
    }

    private static string PidFile(string folder, int number) => Path.Combine(folder, Text(number), "pid");

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    /// <summary>A base such that the ports of all brokers and their controllers, a hundred above, are free. Below what
    /// the system gives to
    /// outgoing connections, so that a killed broker finds its port again.</summary>
    private static int FreeBase(int brokers)
    {
        for (int i = 0; ; i++)
        {
            int port = 20_000 + (((Environment.ProcessId * 37) + (Interlocked.Increment(ref _port) * 10)) % 10_000);
            if (Enumerable.Range(0, brokers).All(number => LoopbackPort.IsFree(port + number) && LoopbackPort.IsFree(port + 101 + number)))
            {
                return port;
            }

            Assert.True(i < 1000, "No free ports for Kafka between 20000 and 30000.");
        }
    }

    /// <summary>Runs the script to its end. Its output goes through files: the broker that it leaves behind holds a
    /// pipe open.</summary>
    private static async Task<string> RunAsync(IEnumerable<string> arguments, CancellationToken cancellation)
    {
        using var folder = new TemporaryFolder();
        var start = new ProcessStartInfo("bash") { UseShellExecute = false };
        start.ArgumentList.Add("-c");
        start.ArgumentList.Add($"\"$@\" >'{folder["out"]}' 2>'{folder["errors"]}' </dev/null");
        start.ArgumentList.Add("kafka-broker");
        start.ArgumentList.Add(Script!);
        foreach (string argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        // The tools that format a broker's folder end before optimized code would pay.
        start.Environment["KAFKA_JIT"] = "1";
        using Process process = Process.Start(start)!;
        await process.WaitForExitAsync(cancellation);
        return process.ExitCode == 0
            ? await File.ReadAllTextAsync(folder["out"], cancellation)
            : throw new InvalidOperationException(await File.ReadAllTextAsync(folder["errors"], cancellation));
    }
}

using System.Globalization;
using System.IO.MemoryMappedFiles;
using System.Text.Json.Nodes;
using Sensing.EdgeNode.Tests.Readers;
using Sensing.Scheduling.Simulation;
using Sensing.Testing;

namespace Sensing.Benchmarks.Edge;

/// <summary>Gives every reader of files changed files, in processes of their own, and counts what ends or stops
/// them.</summary>
public sealed class ReaderFuzzMeasure : IMeasure
{
    /// <summary>An input that takes longer has stopped its reader.</summary>
    private static readonly TimeSpan LongestRead = TimeSpan.FromSeconds(60);

    private static readonly ReaderTarget[] Targets =
    [
        .. ReaderTargets.All,
        new("workload", "a.json", true, folder => File.WriteAllText(Path.Combine(folder, "a.json"), Workload),
            path => Task.FromResult(WorkloadFile.Load(path)), error => error is InvalidDataException),
    ];

    public string Name => "reader-fuzz";

    public string Summary =>
        "Changed small files for every reader of recordings, logs, configuration, in its own process: crashes, hangs.";

    public string Inputs =>
        "--inputs 100000 (of each reader), --reader NAME (one alone), --from 0 (number of the first input), --seed 1";

    public string Duration => "20 minutes; 1 minute with --inputs 2000";

    private static string Workload => """
        { "name": "harbour", "drones": 4, "typeSet": "passive", "durationS": 60, "segmentPeriodMs": 1000,
          "arrivals": { "kind": "trace", "segments": [{ "atMs": 10, "drone": 0 }, { "atMs": 500, "drone": 3 }] },
          "edge": { "speed": 1.5, "tailShare": 0.1, "tailFactor": 2, "slowdowns": [{ "fromS": 10, "factor": 2 }] },
          "cloud": { "slots": 8 }, "uplink": { "megabits": 10, "segmentKilobytes": 100, "uploadPerCall": true } }
        """;

    public async Task<JsonObject> RunAsync(MeasureOptions options, TextWriter output, CancellationToken cancellation)
    {
        int inputs = options.Whole("inputs", 100_000), seed = options.Whole("seed", 1), from = options.Whole("from", 0);
        string? reader = options.Text("reader");
        string? progress = options.Text("progress");
        options.NothingElse();
        ReaderTarget[] targets = [.. Targets.Where(target => reader is null || target.Name == reader)];
        if (targets.Length == 0)
        {
            throw new MeasureException(
                $"Unknown reader '{reader}'. Readers: {string.Join(", ", Targets.Select(target => target.Name))}.");
        }

        if (progress is not null)
        {
            return await ReadAsync(targets[0], from, inputs, seed, progress, output, cancellation);
        }

        var result = new JsonObject();
        output.WriteLine($"{"",-20}{"inputs",10}{"crashes",9}{"hangs",7}");
        foreach (ReaderTarget target in targets)
        {
            (int crashes, int hangs) = await WatchAsync(target, from, inputs, seed, output, cancellation);
            output.WriteLine($"{target.Name,-20}{inputs,10}{crashes,9}{hangs,7}");
            result[target.Name] = new JsonObject { ["inputs"] = inputs, ["crashes"] = crashes, ["hangs"] = hangs };
        }

        return new JsonObject
        {
            ["readers"] = result,
            ["crashes"] = result.Sum(one => (int)one.Value!["crashes"]!),
            ["hangs"] = result.Sum(one => (int)one.Value!["hangs"]!),
        };
    }

    /// <summary>The process that reads. The number of the input in hand is in the file
    /// <paramref name="progress"/>.</summary>
    private static async Task<JsonObject> ReadAsync(
        ReaderTarget target, int from, int count, int seed, string progress, TextWriter output,
            CancellationToken cancellation)
    {
        using var folder = new TemporaryFolder();
        using MemoryMappedFile shared = MemoryMappedFile.CreateFromFile(progress, FileMode.Open);
        using MemoryMappedViewAccessor numbers = shared.CreateViewAccessor();
        var fuzz = new ReaderFuzz(target, folder["fuzz"], seed);
        int crashes = 0;
        for (int number = from; number < from + count; number++)
        {
            cancellation.ThrowIfCancellationRequested();
            numbers.Write(0, (long)number);
            if (await fuzz.TryAsync(number) is { } crash)
            {
                numbers.Write(8, (long)++crashes);
                string problem = $"{crash.GetType().Name}: {crash.Message.Split('\n')[0]} {Place(crash)}";
                output.WriteLine($"{target.Name}, input {number}: {problem}");
            }
        }

        numbers.Write(0, (long)from + count);
        return new JsonObject { ["crashes"] = crashes };
    }

    private static string Place(Exception crash) =>
        (crash.StackTrace ?? "").Split('\n').Select(line => line.Trim()).FirstOrDefault(line =>
            line.Contains("Sensing.", StringComparison.Ordinal)) ?? "";

    /// <summary>Starts the process that reads, and again behind an input that ended or stopped it.</summary>
    private async Task<(int Crashes, int Hangs)> WatchAsync(
        ReaderTarget target, int from, int inputs, int seed, TextWriter output, CancellationToken cancellation)
    {
        using var folder = new TemporaryFolder();
        long crashes = 0;
        int hangs = 0;
        for (int next = from, end = from + inputs; next < end;)
        {
            await File.WriteAllBytesAsync(folder["progress"], new byte[16], cancellation);
            using MemoryMappedFile shared = MemoryMappedFile.CreateFromFile(folder["progress"], FileMode.Open);
            using MemoryMappedViewAccessor numbers = shared.CreateViewAccessor();
            numbers.Write(0, (long)next);
            await using ProgramProcess process = ProgramProcess.Start(
                typeof(ReaderFuzzMeasure).Assembly.GetName().Name!,
                [Name, "--reader", target.Name, "--from", Text(next), "--inputs", Text(end - next), "--seed",
                    Text(seed), "--progress", folder["progress"]],
                new Dictionary<string, string> { ["DOTNET_GCHeapHardLimit"] = "0x30000000" });
            Task<int> exited = process.ExitAsync(cancellation);
            bool hangs1 = !await MovesUntilAsync(exited, numbers, cancellation);
            long at = numbers.ReadInt64(0);
            crashes += numbers.ReadInt64(8);
            if (hangs1)
            {
                hangs++;
                output.WriteLine($"{target.Name}, input {at}: not read within {LongestRead.TotalSeconds} s");
                process.Kill();
                await exited;
            }
            else if (at < end)
            {
                crashes++;
                string last = process.Output.Split('\n')[^1];
                output.WriteLine($"{target.Name}, input {at}: the process ended with {await exited}: {last}");
            }

            foreach (string line in process.Output.Split('\n').Where(line =>
                line.StartsWith($"{target.Name}, input", StringComparison.Ordinal)).Take(20))
            {
                output.WriteLine(line);
            }

            next = (int)Math.Max(at, next) + 1;
            next = at >= end ? end : next;
        }

        return ((int)crashes, hangs);
    }

    /// <returns>False where the same input is in hand for too long.</returns>
    private static async Task<bool> MovesUntilAsync(Task exited, MemoryMappedViewAccessor numbers,
        CancellationToken cancellation)
    {
        (long at, long since) = (-1, TimeProvider.System.GetTimestamp());
        while (!exited.IsCompleted)
        {
            await Task.WhenAny(exited, Task.Delay(TimeSpan.FromSeconds(1), TimeProvider.System, cancellation));
            if (numbers.ReadInt64(0) is var now && now != at)
            {
                (at, since) = (now, TimeProvider.System.GetTimestamp());
            }
            else if (TimeProvider.System.GetElapsedTime(since) > LongestRead)
            {
                return false;
            }
        }

        return true;
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}

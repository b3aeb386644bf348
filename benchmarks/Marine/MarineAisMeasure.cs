using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using Sensing.Marine.Ais;

namespace Sensing.Benchmarks.Marine;

/// <summary>AIS decoding against expected messages, and its speed beside gpsdecode's.</summary>
public sealed class MarineAisMeasure : IMeasure
{
    private const string Folder = "../shared/data/marine";

    /// <summary>Names of expected fields that say how they were made, and are not transmitted.</summary>
    private static readonly string[] Notes = ["lines", "by", "decoders_differ"];

    public string Name => "marine-ais";

    public string Summary => "AIS messages of logs against expected ones, field for field; messages/s beside gpsdecode.";

    public string Inputs => $"logs with .expected.jsonl in {Folder} (--data FOLDER); --log FILE --json FILE decodes one log; --seconds S of each timing";

    public string Duration => "30 s";

    public Task<JsonObject> RunAsync(MeasureOptions options, TextWriter output, CancellationToken cancellation)
    {
        string? log = options.Text("log"), json = options.Text("json");
        string folder = options.Text("data") ?? Folder;
        double seconds = options.Number("seconds", 3);
        options.NothingElse();
        return Task.FromResult(log is not null ? One(log, json, output) : All(folder, seconds, output, cancellation));
    }

    private static JsonObject One(string path, string? json, TextWriter output)
    {
        if (!File.Exists(path))
        {
            throw new MeasureException($"{path} does not exist: name the file with --log FILE.");
        }

        var log = new AisLog(path);
        int decoded = 0;
        using (TextWriter lines = json is null ? TextWriter.Null : new StreamWriter(json))
        {
            log.Decode((message, line) =>
            {
                decoded++;
                lines.WriteLine(AisFields.Of(message, line).ToJsonString());
            });
        }

        output.WriteLine($"{path}: {log.Sentences} AIS sentences, {decoded} messages");
        return new JsonObject { ["sentences"] = log.Sentences, ["decoded"] = decoded, ["refused"] = Counts(log.Refused) };
    }

    private static JsonObject All(string folder, double seconds, TextWriter output, CancellationToken cancellation)
    {
        if (!Directory.Exists(folder))
        {
            throw new MeasureException($"{folder} does not exist: name the folder with --data FOLDER, or a log with --log FILE.");
        }

        var logs = new JsonObject();
        int wrong = 0, missing = 0;
        string[] expectations = [.. Directory.EnumerateFiles(folder, "*.expected.jsonl", SearchOption.AllDirectories).Order(StringComparer.Ordinal)];
        var paths = new List<string>();
        foreach (string expectation in expectations)
        {
            cancellation.ThrowIfCancellationRequested();
            string name = Path.GetFileName(expectation).Replace(".expected.jsonl", "", StringComparison.Ordinal);
            string path = Directory.EnumerateFiles(folder, name, SearchOption.AllDirectories).FirstOrDefault()
                ?? throw new MeasureException($"{expectation} has no log '{name}' in {folder}.");
            paths.Add(path);
            JsonObject row = Compare(path, expectation, output);
            wrong += (int)row["wrong"]!;
            missing += (int)row["missing"]!;
            output.WriteLine($"{name}: {row.ToJsonString()}");
            logs[name] = row;
        }

        double speed = Speed([.. paths.Select(path => new AisLog(path))], seconds);
        var result = new JsonObject { ["logs"] = logs, ["wrong"] = wrong, ["missing"] = missing, ["messages_per_s"] = Math.Round(speed) };
        output.WriteLine($"{speed:n0} messages/s on one core");
        if (GpsDecode(paths, seconds) is { } peer)
        {
            output.WriteLine($"gpsdecode: {peer:n0} messages/s");
            result["gpsdecode_per_s"] = Math.Round(peer);
            result["over_gpsdecode"] = Math.Round(speed / peer, 2);
        }
        else
        {
            output.WriteLine("gpsdecode is not installed (Debian: gpsd-tools or gpsd-clients).");
        }

        return result;
    }

    private static JsonObject Compare(string path, string expectation, TextWriter output)
    {
        var log = new AisLog(path);
        var found = new Dictionary<int, JsonObject>();
        log.Decode((message, line) => found[line] = AisFields.Of(message, line));
        int wrong = 0, missing = 0, decoded = found.Count;
        foreach (JsonObject expected in File.ReadLines(expectation).Select(line => JsonNode.Parse(line)!.AsObject()))
        {
            if (!found.Remove((int)expected["line"]!, out JsonObject? message))
            {
                missing++;
                output.WriteLine($"missing: {expected.ToJsonString()}");
            }
            else if (Differences(expected, message) is { Length: > 0 } fields)
            {
                wrong++;
                output.WriteLine($"wrong: {string.Join(", ", fields)} of {message.ToJsonString()}");
            }
        }

        foreach (JsonObject extra in found.Values)
        {
            wrong++;
            output.WriteLine($"not expected: {extra.ToJsonString()}");
        }

        return new JsonObject
        {
            ["sentences"] = log.Sentences,
            ["decoded"] = decoded,
            ["wrong"] = wrong,
            ["missing"] = missing,
            ["refused"] = Counts(log.Refused),
        };
    }

    private static string[] Differences(JsonObject expected, JsonObject message)
    {
        string[] disputed = expected["decoders_differ"] is JsonArray names ? [.. names.Select(name => (string)name!)]

            // What pyais alone has decoded has its rate of turn, not the transmitted number.
            : (string?)expected["by"] == "pyais" ? ["turn"] : [];
        return [.. expected.Select(field => field.Key).Union(message.Select(field => field.Key))
            .Where(name => !Notes.Contains(name) && !disputed.Contains(name) && !JsonNode.DeepEquals(expected[name], message[name]))];
    }

    private static double Speed(AisLog[] logs, double seconds)
    {
        var receiver = new AisReceiver();
        double best = 0;

        // By processor time, for other programs may take the core; the best round counts. The first warms up and is left out.
        for (int round = 0; round < 4; round++)
        {
            long messages = 0;
            TimeSpan begin = Environment.CpuUsage.TotalTime;
            double busy;
            do
            {
                foreach (AisLog log in logs)
                {
                    messages += log.DecodeAgain(receiver);
                }

                busy = (Environment.CpuUsage.TotalTime - begin).TotalSeconds;
            }
            while (busy < seconds / 3);
            best = round == 0 ? 0 : Math.Max(best, messages / busy);
        }

        return best;
    }

    /// <summary>Messages/s of gpsdecode over the same logs, by its processor time; null where it is not installed.</summary>
    private static double? GpsDecode(List<string> paths, double seconds)
    {
        byte[] once = [.. paths.SelectMany(path => (byte[])[.. File.ReadAllBytes(path), (byte)'\n'])];
        int copies = Math.Max(1, (int)(seconds * 10));
        double best = 0;
        for (int round = 0; round < 3; round++)
        {
            using Process process = Process.Start(new ProcessStartInfo("sh", ["-c", "gpsdecode -u -j 2>/dev/null; status=$?; times >&2; exit $status"])
            {
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            })!;
            Task<long> lines = Task.Run(() => Lines(process.StandardOutput.BaseStream));
            Task<string> times = process.StandardError.ReadToEndAsync();
            try
            {
                for (int copy = 0; copy < copies; copy++)
                {
                    process.StandardInput.BaseStream.Write(once);
                }

                process.StandardInput.Close();
            }
            catch (IOException)
            {
                // It has ended before its input: it is not installed.
            }

            process.WaitForExit();
            if (process.ExitCode != 0)
            {
                return null;
            }

            best = Math.Max(best, lines.Result / ChildSeconds(times.Result));
        }

        return best;
    }

    /// <summary>The second line of the shell's <c>times</c>: user and system time of its children, as 0m1.230000s.</summary>
    private static double ChildSeconds(string times) => times.Split('\n')[1].Split(' ').Sum(time =>
    {
        string[] parts = time.TrimEnd('s').Split('m');
        return (60 * double.Parse(parts[0], CultureInfo.InvariantCulture)) + double.Parse(parts[1], CultureInfo.InvariantCulture);
    });

    private static long Lines(Stream stream)
    {
        byte[] buffer = new byte[1 << 16];
        long lines = 0;
        while (stream.Read(buffer) is > 0 and int read)
        {
            lines += buffer.AsSpan(0, read).Count((byte)'\n');
        }

        return lines;
    }

    private static JsonObject Counts(SortedDictionary<string, int> counts)
    {
        var made = new JsonObject();
        foreach ((string reason, int count) in counts)
        {
            made[reason] = count;
        }

        return made;
    }
}

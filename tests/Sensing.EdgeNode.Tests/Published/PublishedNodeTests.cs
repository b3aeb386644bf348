using System.Globalization;
using MQTTnet.Protocol;
using Sensing.Testing;

namespace Sensing.EdgeNode.Tests.Published;

/// <summary>The published program does what the same program does that is compiled as it runs: every command, byte for byte.</summary>
[Collection(PublishedNodeFixture.OneAtATime)]
[TimeLimit(minutes: 8, reason: "The first test compiles the node ahead of time.")]
public sealed class PublishedNodeTests(PublishedNodeFixture published) : IClassFixture<PublishedNodeFixture>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task It_describes_itself_as_the_repository_s_files_do()
    {
        (int code, string output) = await RunAsync("describe", "--check", Repository.Root);
        Assert.True(code == 0, output);
    }

    [Fact]
    public async Task It_finds_the_same_mistakes()
    {
        using var folder = new TemporaryFolder();
        await File.WriteAllTextAsync(folder["node.json"], """
            {
              "site": "S", "nodes": "n", "mqtt": { "port": 0, "host": null }, "telemetry": { "address": 7 },
              "outbox": { "whenFull": "blok" },
              "streams": [
                { "name": "a", "pace": "fast", "source": { "type": "hdf6" }, "das": { "preset": "lane" } },
                { "name": "a", "source": { "type": "optodas-zmq", "endpoint": 1 }, "das": { "minSpeedKmh": 200, "maskedChannels": [{ "from": 9, "to": 1 }] } }
              ]
            }
            """, Cancellation);
        (int code, string output) = await RunAsync("validate", folder["node.json"]);
        (int expected, string compiled) = await RunCompiledAsync("validate", folder["node.json"]);
        Assert.Equal((78, 78), (code, expected));
        Assert.Equal(Lines(compiled), Lines(output));
        Assert.InRange(Lines(output).Length, 8, 100);
    }

    [Theory]
    [InlineData("h5")]
    [InlineData("npy")]
    public async Task It_replays_a_recording_to_the_same_events_and_the_same_picture(string form)
    {
        string recording = form == "h5" ? published.Hdf5 : published.Npy;
        Assert.InRange(await ReplayAsync(recording), 20, 100_000);
    }

    /// <summary>Formats of four interrogators, with integers and floats, strings and chunks that are compressed.</summary>
    [Theory]
    [InlineData("das/poznan_0900.h5")]
    [InlineData("das-formats/decimated_optodas.hdf5")]
    [InlineData("das-formats/prodml_2.0.h5")]
    public async Task It_replays_real_recordings_to_the_same_events(string recording) => await ReplayAsync(Repository.SharedData(recording));

    [Fact]
    public async Task It_calibrates_a_site_to_the_same_numbers_and_draws_them()
    {
        using var folder = new TemporaryFolder();
        (int code, string output) = await RunAsync("calibrate", published.Hdf5, "--out", folder["a.json"], "--plot", folder["a.png"]);
        Assert.True(code == 0, output);
        (code, output) = await RunCompiledAsync("calibrate", published.Hdf5, "--out", folder["b.json"], "--plot", folder["b.png"]);
        Assert.True(code == 0, output);

        // The mixture is fitted until its likelihood changes by less than 1e-9 of itself. Sums over vectors of another width (the compiler at run time knows
        // the processor, the one ahead of time does not) differ in their last digits, and so do the fits, by about 1e-8.
        double[] found = [.. Numbers(await File.ReadAllTextAsync(folder["a.json"], Cancellation))];
        double[] compiled = [.. Numbers(await File.ReadAllTextAsync(folder["b.json"], Cancellation))];
        Assert.Equal(compiled.Length, found.Length);
        Assert.All(compiled.Zip(found), pair => Assert.Equal(pair.First, pair.Second, 1e-6 * Math.Max(1, Math.Abs(pair.First))));
        Assert.Equal([0x89, 0x50, 0x4E, 0x47], (await File.ReadAllBytesAsync(folder["a.png"], Cancellation))[..4]);
    }

    [Fact]
    public async Task Doctor_reads_a_live_stream_and_reaches_the_broker()
    {
        string program = await published.ProgramAsync();
        using var folder = new TemporaryFolder();
        await using TestBroker broker = await TestBroker.StartAsync();
        using var interrogator = new OptoDasInterrogator(OptoDasInterrogator.Header(30, 25));
        string node = await WriteAsync(folder, broker, $$"""{ "type": "optodas-zmq", "endpoint": "{{interrogator.Endpoint}}", "unit": "1/s", "scale": 1 }""");
        await using ProgramProcess doctor = ProgramProcess.StartCommand([program, "doctor", node]);
        await interrogator.SubscribedAsync(Cancellation);
        interrogator.Send(EventMaker.Noon, new float[30 * 25]);
        await doctor.WaitForLineAsync("well +stream fibre, source optodas-zmq: first sample at .*The interrogator's header came", Cancellation);
        await doctor.WaitForLineAsync("well +broker .*takes the node", Cancellation);
        await doctor.ExitAsync(Cancellation);
    }

    [Fact]
    public async Task It_runs_delivers_its_events_and_keeps_what_is_refused()
    {
        string program = await published.ProgramAsync();
        using var folder = new TemporaryFolder();
        await using TestBroker broker = await TestBroker.StartAsync();
        broker.Answer = (taken, _) => taken.Topic.EndsWith("/das/flow", StringComparison.Ordinal)
            ? MqttPubAckReasonCode.NotAuthorized : MqttPubAckReasonCode.Success;
        string node = await WriteAsync(folder, broker, $$"""{ "type": "hdf5", "files": ["{{published.Hdf5}}"] }""");
        await using ProgramProcess run = ProgramProcess.StartCommand([program, "run", node, "--until-finished"]);
        await run.SucceedAsync(Cancellation);

        string[] ids = [.. broker.Distinct.Where(e => e.Topic.Contains("/das/", StringComparison.Ordinal)).Select(e => e.Id).Order(StringComparer.Ordinal)];
        Assert.InRange(ids.Length, 20, 100_000);
        (int code, string letters) = await RunAsync("dead-letters", node);
        Assert.True(code == 0, letters);
        Assert.Contains("sensing.das.flow.v1", letters, StringComparison.Ordinal);
        (_, string expected) = await RunCompiledAsync("dead-letters", node);
        Assert.Equal(expected, letters);
    }

    [Fact]
    public async Task It_serves_metrics()
    {
        string program = await published.ProgramAsync();
        using var folder = new TemporaryFolder();
        await using TestBroker broker = await TestBroker.StartAsync();
        string node = await WriteAsync(folder, broker, """{ "type": "synthetic", "live": true }""");
        int port = LoopbackPort.Free();
        await using ProgramProcess run = ProgramProcess.StartCommand(
            [program, "run", node, "--set", "telemetry.prometheus=true", "--set", string.Create(CultureInfo.InvariantCulture, $"telemetry.port={port}")]);
        await run.WaitForLineAsync("runs with 1 streams", Cancellation);
        using var http = new HttpClient();
        string metrics = await http.GetStringAsync(new Uri($"http://127.0.0.1:{port}/metrics"), Cancellation);
        Assert.Contains("sensing_outbox_events", metrics, StringComparison.Ordinal);
        run.Terminate();
        await run.SucceedAsync(Cancellation);
    }

    private static IEnumerable<double> Numbers(string json) => System.Text.RegularExpressions.Regex.Matches(json, @"-?\d+(\.\d+)?([eE][-+]?\d+)?")
        .Select(number => double.Parse(number.Value, CultureInfo.InvariantCulture));

    /// <returns>How many events there are.</returns>
    private async Task<int> ReplayAsync(string recording)
    {
        using var folder = new TemporaryFolder();
        (int code, string output) = await RunAsync("replay", recording, "--pipeline", "das", "--out", folder["a"], "--plot", folder["a.png"]);
        Assert.True(code == 0, output);
        (code, output) = await RunCompiledAsync("replay", recording, "--pipeline", "das", "--out", folder["b"], "--plot", folder["b.png"]);
        Assert.True(code == 0, output);
        string[] events = await File.ReadAllLinesAsync(folder["a"], Cancellation);
        Assert.Equal(await File.ReadAllLinesAsync(folder["b"], Cancellation), events);
        Assert.Equal(await File.ReadAllBytesAsync(folder["b.png"], Cancellation), await File.ReadAllBytesAsync(folder["a.png"], Cancellation));
        return events.Length;
    }

    private static async Task<string> WriteAsync(TemporaryFolder folder, TestBroker broker, string source)
    {
        await File.WriteAllTextAsync(folder["node.json"], $$"""
            {
              "site": "test", "node": "one", "dataDirectory": "{{folder["data"]}}",
              "mqtt": { "host": "127.0.0.1", "port": {{broker.Port.ToString(CultureInfo.InvariantCulture)}} },
              "streams": [{ "name": "fibre", "source": {{source}}, "das": {} }]
            }
            """, Cancellation);
        return folder["node.json"];
    }

    private async Task<(int Code, string Output)> RunAsync(params string[] arguments)
    {
        await using ProgramProcess program = ProgramProcess.StartCommand([await published.ProgramAsync(), .. arguments]);
        return (await program.ExitAsync(Cancellation), program.Output);
    }

    private static async Task<(int Code, string Output)> RunCompiledAsync(params string[] arguments)
    {
        await using ProgramProcess program = ProgramProcess.Start("edge-node", arguments);
        return (await program.ExitAsync(Cancellation), program.Output);
    }

    private static string[] Lines(string output) => [.. output.Split('\n').Order(StringComparer.Ordinal)];
}

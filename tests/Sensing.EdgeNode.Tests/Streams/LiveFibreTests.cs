using System.CommandLine;
using Microsoft.Extensions.Time.Testing;
using Sensing.Das;
using Sensing.EdgeNode.Commands;
using Sensing.EdgeNode.TestNode;
using Sensing.Events;
using Sensing.Events.Node;
using Sensing.Modules;
using Sensing.Streams;
using Sensing.Testing;

namespace Sensing.EdgeNode.Tests.Streams;

/// <summary>A node whose fibre is a live interrogator's stream.</summary>
public sealed class LiveFibreTests
{
    private static readonly DateTimeOffset Start = new(2026, 2, 3, 4, 5, 6, TimeSpan.Zero);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Doctor_tells_which_header_came_and_when_the_first_sample_was()
    {
        using var interrogator = new OptoDasInterrogator(OptoDasInterrogator.Header(30, 25));
        Task<(int Code, string Output)> doctor = DoctorAsync(interrogator.Endpoint, 30);
        await interrogator.SubscribedAsync(Cancellation);
        interrogator.Send(Start, new float[30 * 25]);
        Assert.Contains(
            "well   stream a, source optodas-zmq: first sample at 2026-02-03T04:05:06Z; "
            + "The interrogator's header came: 30 channels of 4 m from 0 m at 50 Hz, 25 samples a message, numbers of type float.",
            (await doctor).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Doctor_tells_that_nothing_answers_and_what_came_instead_of_data()
    {
        (int code, string output) = await DoctorAsync($"tcp://127.0.0.1:{LoopbackPort.Free()}", 2, "--set", "streams[0].source.awaySeconds=0.5");
        Assert.Equal(1, code);
        Assert.Contains(
            "FAILS  stream a, source optodas-zmq: opened, but yields no sample within 2 s; No data have come: nothing answers there.", output, StringComparison.Ordinal);

        using var interrogator = new OptoDasInterrogator(OptoDasInterrogator.Header(30, 25));
        Task<(int Code, string Output)> silent = DoctorAsync(interrogator.Endpoint, 2);
        await interrogator.SubscribedAsync(Cancellation);
        Assert.Contains("yields no sample within 2 s; The interrogator's header came: 30 channels", (await silent).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_watchdog_sees_that_no_data_move_and_the_stream_goes_on_when_they_do()
    {
        var time = new FakeTimeProvider(EventMaker.Noon);
        using var interrogator = new OptoDasInterrogator(OptoDasInterrogator.Header(30, 25));
        await using var node = new NodeFixture(new ModuleCatalogue(new NumberModule(), new DasModule()).Streams, time);
        await node.StartAsync(node.Options(Stream(interrogator.Endpoint)));
        await interrogator.SubscribedAsync(Cancellation);
        interrogator.Send(Start, new float[30 * 25]);
        await node.WaitAsync(status => status.Streams[0].Blocks == 1);

        // Silence: the header that a new connection brings is no data, and holds the watchdog back no longer.
        while (node.Stream().Restarts == 0)
        {
            time.Advance(TimeSpan.FromSeconds(5));
            await Task.WhenAny(Task.Delay(TimeSpan.FromMilliseconds(2), TimeProvider.System, Cancellation));
        }

        Task subscribed = interrogator.SubscribedAsync(Cancellation);
        while (!subscribed.IsCompleted)
        {
            time.Advance(TimeSpan.FromMilliseconds(100));
            await Task.WhenAny(subscribed, Task.Delay(TimeSpan.FromMilliseconds(2), TimeProvider.System, Cancellation));
        }

        await subscribed;
        interrogator.Send(Start.AddSeconds(100), new float[30 * 25]);
        await node.WaitAsync(status => status.Streams[0].Blocks == 2);
        Assert.Equal(Start.AddSeconds(100), node.Stream().LastSample);
        await node.StopAsync();

        string[] codes = [.. (await node.EventsAsync()).Where(e => e.Type == NodeEvents.Notice.Name).Select(e => NodeEvents.Notice.Read(e).Code)];
        Assert.Contains("stalled", codes);
        Assert.Single(codes, "away");
        Assert.Contains("gap", codes);
    }

    private static string Stream(string endpoint) => $$"""
        { "name": "a", "source": { "type": "optodas-zmq", "endpoint": "{{endpoint}}", "unit": "1/s", "scale": 1 }, "das": {} }
        """;

    private static async Task<(int Code, string Output)> DoctorAsync(string endpoint, int seconds, params string[] more)
    {
        using var folder = new TemporaryFolder();
        await File.WriteAllTextAsync(
            folder["node.json"], $$"""{ "site": "s", "node": "n", "mqtt": { "host": "127.0.0.1", "port": 1 }, "streams": [{{Stream(endpoint)}}] }""", Cancellation);
        using var output = new StringWriter { NewLine = "\n" };
        int code = await EdgeNodeCommand.Create(NodeCatalogue.Create()).Parse(["doctor", folder["node.json"], "--wait-seconds", $"{seconds}", .. more])
            .InvokeAsync(new InvocationConfiguration { Output = output, Error = output }, Cancellation);
        return (code, output.ToString());
    }
}

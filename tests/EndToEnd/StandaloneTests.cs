using Sensing.Das.Events;
using Sensing.Events;
using Sensing.Testing;

namespace Sensing.EndToEnd;

[TimeLimit(minutes: 3, reason: "Each starts the whole up to four times.")]
public class StandaloneTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Vehicles_of_the_made_up_road_arrive_and_ctrl_c_stops_cleanly()
    {
        using var folder = new TemporaryFolder();
        await using Standalone standalone = await Standalone.StartAsync(folder["data"], ["--speed", "30"], Cancellation);

        SensorEvent vehicle = await standalone.Query.LiveAsync("sensing.das.vehicle.v1", Cancellation).FirstAsync(Cancellation);
        Assert.Equal("/sites/demo/nodes/standalone/streams/road", vehicle.Source.Source);
        Assert.True(DasEvents.Vehicle.Read(vehicle).SpeedKmh > 0);

        standalone.Process.Interrupt();
        Assert.Equal(0, await standalone.Process.ExitAsync(Cancellation));
    }

    [Fact]
    public async Task Pages_and_API_answer_and_nothing_listens_beyond_this_machine()
    {
        using var folder = new TemporaryFolder();
        await using Standalone standalone = await Standalone.StartAsync(folder["data"], [], Cancellation);

        Assert.Contains("<html", await standalone.Query.TextAsync("/", Cancellation), StringComparison.OrdinalIgnoreCase);
        Assert.Contains("\"openapi\"", await standalone.Query.TextAsync("/openapi/v1.json", Cancellation), StringComparison.Ordinal);
        int[] own = ListeningSockets.Of(standalone.Process.Id, out string[] addresses);
        Assert.NotEmpty(own);
        Assert.All(addresses, address => Assert.Contains(address, new[] { "127.0.0.1", "::1" }));
    }

    [Fact]
    public async Task A_second_start_goes_on_and_doubles_nothing()
    {
        using var folder = new TemporaryFolder();
        string[] options = Road.Recording(folder.Path, seconds: 120, pace: "max");
        string[] first = await RunToTheEndAsync(folder["data"], options);
        string[] second = await RunToTheEndAsync(folder["data"], options);

        Assert.NotEmpty(first);
        Assert.Equal(first, second);
        Assert.Equal(first.Length, first.Distinct().Count());
    }

    [Theory]
    [InlineData("--listen http://0.0.0.0:8080", "serves this machine only")]
    [InlineData("--recording no-such-file.h5", "no-such-file.h5 does not exist: check the path")]
    [InlineData("--recording a.h5 --config b.json", "exclude each other")]
    [InlineData("--set streams[0].das.maxSpedKmh=1", "is not known here")]
    [InlineData("--client .", "holds no built client")]
    [InlineData("--speed fast", "max, realtime, or a multiple")]
    [InlineData("--mqtt-port 99999", "--mqtt-port 99999: must be 0 to 65535")]
    public async Task A_mistake_on_the_command_line_is_told_and_starts_nothing(string options, string message)
    {
        using var folder = new TemporaryFolder();
        await using ProgramProcess process = ProgramProcess.Start("standalone", ["--data", folder["data"], .. options.Split(' ')]);

        Assert.NotEqual(0, await process.ExitAsync(Cancellation));
        Assert.Contains(message, process.Output, StringComparison.Ordinal);
        Assert.False(Directory.Exists(folder["data"]));
    }

    [Theory]
    [InlineData("bad.h5", "This is no HDF5 file: it begins with 'hello")]
    [InlineData("", "holds no recordings")]
    public async Task A_recording_that_cannot_be_read_is_told_before_anything_starts(string file, string message)
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder["in"]);
        await File.WriteAllTextAsync(folder[file.Length > 0 ? $"in/{file}" : "in/readme.md"], "hello", Cancellation);
        await using ProgramProcess process = ProgramProcess.Start("standalone", ["--data", folder["data"], "--recording", folder[$"in/{file}"]]);

        Assert.NotEqual(0, await process.ExitAsync(Cancellation));
        Assert.Contains(message, process.Output, StringComparison.Ordinal);
        Assert.False(Directory.Exists(folder["data"]));
    }

    [Fact]
    public async Task A_port_that_is_taken_is_told()
    {
        using var folder = new TemporaryFolder();
        await using Standalone first = await Standalone.StartAsync(folder["one"], [], Cancellation);
        await using ProgramProcess second = ProgramProcess.Start(
            "standalone", ["--data", folder["two"], "--listen", first.Page.ToString().TrimEnd('/')]);

        Assert.Equal(1, await second.ExitAsync(Cancellation));
        Assert.Contains("address already in use", second.Output, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("choose another address with --listen", second.Output, StringComparison.Ordinal);
    }

    /// <summary>Ids of all vehicles, once the recording has been read and stored.</summary>
    private static async Task<string[]> RunToTheEndAsync(string data, string[] options)
    {
        await using ProgramProcess run = ProgramProcess.Start(
            "standalone", ["--data", data, "--listen", "http://127.0.0.1:0", "--until-finished", .. options]);
        Assert.Equal(0, await run.ExitAsync(Cancellation));
        await using Standalone reader = await Standalone.StartAsync(data, options, Cancellation);
        return [.. (await reader.Query.EventsAsync("sensing.das.vehicle.v1", Cancellation)).Select(e => e.Id)];
    }
}

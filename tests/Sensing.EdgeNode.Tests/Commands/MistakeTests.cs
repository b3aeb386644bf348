using System.CommandLine;
using Sensing.Das.Tests.Recordings;
using Sensing.EdgeNode.Commands;
using Sensing.Testing;

namespace Sensing.EdgeNode.Tests.Commands;

/// <summary>Wrong input is reported on standard error before anything runs, with an exit code that is not 0.</summary>
public sealed class MistakeTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public MistakeTests() => WrittenFiles.OptoDas(_folder["a.h5"]);

    [Theory]
    [InlineData("--plot F/x.pdf", "--plot: F/x.pdf must end in .png or .svg")]
    [InlineData("--plot F/no/x.png", "F/no/x.png cannot be written: its folder does not exist")]
    [InlineData("--out F/no/x.ndjson", "F/no/x.ndjson cannot be written: its folder does not exist")]
    [InlineData("--speed fast", "--speed: ")]
    [InlineData("--set das.calibrationFile=F/none.json",
        "das.calibrationFile: F/none.json: the site's calibration cannot be read")]
    [InlineData("--set source.layout.scale=1e-9", "source.layout.scale: must be a text, not 1e-9: write \"1e-9\"")]
    public async Task Replay_refuses_before_it_reads(string options, string message)
    {
        (int code, string output, string errors) = await RunAsync($"replay F/a.h5 --pipeline das {options}");
        Assert.Equal((78, ""), (code, output));
        Assert.Contains(message.Replace("F/", _folder.Path + "/", StringComparison.Ordinal), errors);
    }

    [Fact]
    public async Task Validate_finds_a_calibration_file_that_is_missing_or_damaged()
    {
        await File.WriteAllTextAsync(_folder["node.json"], """
            { "site": "s", "node": "n", "mqtt": { "host": "localhost" },
              "streams": [{ "name": "a", "source": { "type": "hdf5", "files": ["a.h5"] }, "das": { "calibrationFile": "site.json" } }] }
            """, TestContext.Current.CancellationToken);
        (int code, string _, string errors) = await RunAsync("validate F/node.json");
        Assert.Equal(78, code);
        Assert.StartsWith($"streams[0].das.calibrationFile: {_folder["site.json"]}: ", errors);

        await File.WriteAllTextAsync(_folder["site.json"], "{", TestContext.Current.CancellationToken);
        Assert.Equal(78, (await RunAsync("validate F/node.json")).Code);
    }

    [Fact]
    public async Task Inspect_prints_what_a_recording_says_about_itself_and_so_does_doctor()
    {
        (int code, string output, string errors) = await RunAsync("inspect F/a.h5");
        Assert.Equal((0, ""), (code, errors));
        Assert.Contains("format        OptoDAS 9", output);
        Assert.Contains("channels      3 from 10.2 m to 14.28 m", output);
        Assert.Contains("spacing       2.04 m", output);
        Assert.Contains("gauge length  8.16 m", output);
        Assert.Contains("rate          1000 Hz", output);
        Assert.Contains("unit          ", output);
        Assert.Contains("start         2023-11-14T22:13:20.25", output);
        Assert.Contains("first sample at 2023-11-14T22:13:20.25", output);

        await File.WriteAllTextAsync(_folder["node.json"], """
            { "site": "s", "node": "n", "mqtt": { "host": "127.0.0.1", "port": 1 },
              "streams": [{ "name": "a", "source": { "type": "hdf5", "files": ["a.h5"] }, "das": { } }] }
            """, TestContext.Current.CancellationToken);
        (_, output, _) = await RunAsync("doctor F/node.json");
        Assert.Contains("format OptoDAS 9, channels 3 from 10.2 m to 14.28 m, spacing 2.04 m", output);
    }

    [Theory]
    [InlineData("F/none.h5", 78, "does not exist: check the path")]
    [InlineData("F/bad.h5", 1, "This is no HDF5 file: it begins with 'hello")]
    [InlineData("F/a.xyz", 78, "unknown ending")]
    public async Task Inspect_of_what_cannot_be_read_says_why(string file, int expected, string message)
    {
        await File.WriteAllTextAsync(_folder["bad.h5"], "hello", TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(_folder["a.xyz"], "hello", TestContext.Current.CancellationToken);
        (int code, string _, string errors) = await RunAsync("inspect " + file);
        Assert.Equal(expected, code);
        Assert.Contains(message, errors);
    }

    [Fact]
    public async Task Logs_are_written_in_JSON_from_the_level_that_is_asked_for()
    {
        await using TestBroker broker = await TestBroker.StartAsync();
        await File.WriteAllTextAsync(_folder["node.json"], $$"""
            { "site": "s", "node": "n", "mqtt": { "host": "127.0.0.1", "port": {{broker.Port}} },
              "streams": [{ "name": "a", "source": { "type": "numbers", "count": 3 }, "sum": { } }] }
            """, TestContext.Current.CancellationToken);
        string[] run = ["run", _folder["node.json"], "--until-finished"];
        await using ProgramProcess json = ProgramProcess.Start("test-node", [.. run, "--log-format", "json"]);
        await json.SucceedAsync(TestContext.Current.CancellationToken);
        Assert.All(json.Output.Split('\n'), line =>
            Assert.Matches("^{\"Timestamp\":\".*Z\",.*\"LogLevel\":\"Information\"", line));

        await using ProgramProcess quiet = ProgramProcess.Start("test-node", [.. run, "--log-level", "Critical"]);
        await quiet.SucceedAsync(TestContext.Current.CancellationToken);
        Assert.Equal("", quiet.Output);
    }

    public void Dispose() => _folder.Dispose();

    private async Task<(int Code, string Output, string Errors)> RunAsync(string line)
    {
        using var output = new StringWriter { NewLine = "\n" };
        using var errors = new StringWriter { NewLine = "\n" };
        string[] args = [.. line.Split(' ').Select(word =>
            word.Replace("F/", _folder.Path + "/", StringComparison.Ordinal))];
        int code = await EdgeNodeCommand.Create(NodeCatalogue.Create()).Parse(args)
            .InvokeAsync(new InvocationConfiguration { Output = output, Error = errors },
                TestContext.Current.CancellationToken);
        return (code, output.ToString(), errors.ToString());
    }
}

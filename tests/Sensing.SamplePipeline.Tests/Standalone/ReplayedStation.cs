using System.Security.Cryptography;
using System.Text;
using Sensing.Testing;

namespace Sensing.SamplePipeline.Tests.Standalone;

/// <summary>A recording of a weather station that a standalone with the sample's module and page has replayed to its end, and serves.</summary>
public sealed class ReplayedStation : IAsyncLifetime
{
    /// <summary>Length of the recording: 31 whole minutes, the first part of one more, and a gust every four minutes.</summary>
    public const int Seconds = 1900;

    public const string Source = "/sites/demo/nodes/standalone/streams/station";

    private readonly TemporaryFolder _folder = new();
    private RunningStandalone? _standalone;

    internal RunningStandalone Standalone => _standalone!;

    /// <summary>A client with the sample's page.</summary>
    public string Client => _folder["client"];

    public string File(string name) => _folder[name];

    public async ValueTask InitializeAsync()
    {
        CancellationToken cancellation = TestContext.Current.CancellationToken;
        string[] build =
        [
            "node", Path.Combine(Repository.Root, "dashboards", "client", "build.mjs"),
            "--page", "weather=" + Path.Combine(Repository.Root, "tests", "Sensing.SamplePipeline", "page"), "--out", Client,
        ];
        await using (ProgramProcess node = ProgramProcess.StartCommand(build))
        {
            await node.SucceedAsync(cancellation);
        }

        Station.Write(File("station.csv"), Seconds);
        WriteModel();
        string[] args =
        [
            "--client", Client, "--recording", File("station.csv"), "--speed", "max",
            "--set", $"models.directory={File("models")}", "--set", "streams[0].weather.outlookModel=gust-outlook",
        ];
        (int code, string errors) = await RunningStandalone.RunToTheEndAsync(File("data"), args, cancellation);
        Assert.Equal((0, ""), (code, errors));
        _standalone = await RunningStandalone.StartAsync(File("data"), args, cancellation);
    }

    public async ValueTask DisposeAsync()
    {
        if (_standalone is not null)
        {
            await _standalone.DisposeAsync();
        }

        _folder.Dispose();
    }

    private void WriteModel()
    {
        Directory.CreateDirectory(File("models"));
        const string Model = """{ "mean": 1, "excess": 0.9 }""";
        System.IO.File.WriteAllText(File("models/outlook.json"), Model);
        string digest = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Model)));
        System.IO.File.WriteAllText(File("models/manifest.json"),
            $$"""{ "models": [ { "name": "gust-outlook", "version": "1.0", "file": "outlook.json", "digest": "{{digest}}" } ] }""");
    }
}

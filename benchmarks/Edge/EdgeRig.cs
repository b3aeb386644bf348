using System.Globalization;
using Sensing.Testing;

namespace Sensing.Benchmarks.Edge;

/// <summary>Files and the cloud tier that an edge node under measurement works against, in a folder that goes with it.</summary>
internal sealed class EdgeRig : IAsyncDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("sensing-edge-").FullName;
    private ProgramProcess? _cloud;

    /// <summary>Address of the fibre's events.</summary>
    public const string Address = "bench/edge/fibre";

    public string this[string name] => Path.Combine(_folder, name);

    public string StoreFile => this["cloud.db"];

    /// <summary>Starts cloud-ingest with its own broker and store on loopback, and writes the node's file.</summary>
    /// <param name="source">The stream's source, JSON.</param>
    /// <param name="more">More of the stream's keys, JSON with a comma behind each.</param>
    /// <param name="cancellation">Ctrl-C.</param>
    /// <returns>The node's file.</returns>
    public async Task<string> StartAsync(string source, string more, CancellationToken cancellation)
    {
        int port = LoopbackPort.Free();
        await File.WriteAllTextAsync(this["cloud.json"], $$"""
            { "mqtt": { "embedded": { "port": {{port.ToString(CultureInfo.InvariantCulture)}} } }, "store": { "path": "{{StoreFile}}", "retention": [{ "type": "sensing.*", "hours": 0 }] }, "http": { "address": "http://127.0.0.1:0" } }
            """, cancellation);
        await File.WriteAllTextAsync(this["node.json"], $$"""
            {
              "site": "bench", "node": "edge", "dataDirectory": "{{this["data"]}}",
              "mqtt": { "host": "127.0.0.1", "port": {{port.ToString(CultureInfo.InvariantCulture)}} },
              "outbox": { "whenFull": "block" }, "checkpointSeconds": 1,
              "streams": [{ "name": "fibre", {{more}} "source": {{source}}, "das": { } }]
            }
            """, cancellation);
        _cloud = ProgramProcess.Start("cloud-ingest", ["run", this["cloud.json"]]);
        await _cloud.WaitForLineAsync("The query API is at", cancellation);
        return this["node.json"];
    }

    /// <summary>Ends cloud-ingest, so that its store can be read.</summary>
    public async Task StopCloudAsync()
    {
        if (_cloud is { } cloud)
        {
            _cloud = null;
            await cloud.DisposeAsync();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await StopCloudAsync();
        Directory.Delete(_folder, recursive: true);
    }
}

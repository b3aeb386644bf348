using System.CommandLine;
using System.Text;
using Sensing.Das;
using Sensing.Das.Events;
using Sensing.Das.Recordings.Described;
using Sensing.Das.Synthetic;
using Sensing.EdgeNode.Commands;
using Sensing.Events;
using Sensing.Testing;

namespace Sensing.EdgeNode.Tests.Commands;

/// <summary>A recording of a synthetic road with small and large vehicles, and what an uncalibrated replay finds in it.</summary>
public sealed class CalibrationRoad : IAsyncLifetime
{
    public const int Seconds = 420;

    public static readonly SyntheticOptions Road = new()
    {
        Scenario = "mixed",
        Seed = 5,
        Channels = 40,
        ChannelStepM = 5,
        SampleRateHz = 50,
        SnrDb = 20,
        FlowFactor = 3,
    };

    public TemporaryFolder Folder { get; } = new();

    public string Recording => Folder["road.h5"];

    public string EventFile => Folder["events.ndjson"];

    /// <summary>The vehicles of the replay, which learns the classes on its way.</summary>
    public IReadOnlyList<(SensorEvent Event, VehiclePassage Passage)> Vehicles { get; private set; } = [];

    public async ValueTask InitializeAsync()
    {
        var road = new SyntheticScenario(Road);
        int rows = (int)(Seconds * Road.SampleRateHz);
        using (DasBlock whole = road.Read(0, rows))
        using (var writer = new Hdf5RecordingWriter(Recording, road.Geometry, whole.Time, rows))
        {
            writer.Append(whole);
            writer.Complete();
        }

        (int code, string _, string errors) = await RunAsync("replay", Recording, "--pipeline", "das", "--out", EventFile);
        Assert.True(code == 0, errors);
        Vehicles = Read(await File.ReadAllLinesAsync(EventFile, TestContext.Current.CancellationToken));
        Assert.InRange(Vehicles.Count, 60, 1000);
    }

    public static List<(SensorEvent Event, VehiclePassage Passage)> Read(IEnumerable<string> lines) =>
    [
        .. lines.Select(line => CloudEventJson.TryRead(Encoding.UTF8.GetBytes(line), Known.Events, out SensorEvent? read, out string? problem) ? read : throw new InvalidDataException(problem))
            .Where(e => e.Type == DasEvents.Vehicle.Name)
            .Select(e => (e, DasEvents.Vehicle.Read(e))),
    ];

    public static async Task<(int Code, string Output, string Errors)> RunAsync(params string[] args)
    {
        using var output = new StringWriter { NewLine = "\n" };
        using var errors = new StringWriter { NewLine = "\n" };
        int code = await EdgeNodeCommand.Create(NodeCatalogue.Create()).Parse(args)
            .InvokeAsync(new InvocationConfiguration { Output = output, Error = errors }, TestContext.Current.CancellationToken);
        return (code, output.ToString(), errors.ToString());
    }

    public ValueTask DisposeAsync()
    {
        Folder.Dispose();
        return ValueTask.CompletedTask;
    }
}

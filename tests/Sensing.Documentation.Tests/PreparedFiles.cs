using Sensing.Das.Synthetic;
using Sensing.Marine.Impacts.Simulation;
using Sensing.Testing;
using Sensing.TrafficCamera;
using Sensing.TrafficCamera.Synthetic;
using Sensing.Vision.Frames;
using Sensing.Vision.Video;

namespace Sensing.Documentation.Tests;

/// <summary>The files that the documents' commands name, made by the program itself.</summary>
public sealed class PreparedFiles : IDisposable
{
    private static readonly SyntheticOptions Road = new()
    {
        Scenario = "mixed",
        Seed = 5,
        Channels = 40,
        ChannelStepM = 5,
        SampleRateHz = 50,
        SnrDb = 20,
        FlowFactor = 3,
    };

    private readonly TemporaryFolder _folder = new();

    public PreparedFiles()
    {
        Directory.CreateDirectory(Path.Combine(Files, "monday"));
        Directory.CreateDirectory(Programs);
        var road = new SyntheticScenario(Road);
        SyntheticRecording.Write(road, Path.Combine(Files, "street.h5"), 420);
        File.Copy(Path.Combine(Files, "street.h5"), Path.Combine(Files, "monday", "0630.h5"));
        WriteLabels(road);
        Write("das.json", """{ "preset": "street" }""");
        Write("cloud.json", "{}");
        Write("dashboard.json", """{ "nodes": [ { "site": "tunnel", "node": "cabinet-1", "latitude": 63.34, "longitude": 9.32 } ] }""");
        Write("node.json", """
            {
              "site": "tunnel", "node": "cabinet-1", "mqtt": { "host": "127.0.0.1", "port": 1883 },
              "streams": [{ "name": "fibre-a", "pace": "max", "source": { "type": "hdf5", "files": ["street.h5"] }, "das": {} }]
            }
            """);

        WriteVideo("junction.mp4", new TrafficScene(ScenePresets.ApproachSouth with { FramesPerSecond = 10, VehiclesPerHour = 1200 }), frames: 300);
        Write("north.json", new TrafficModule().Demos[0].Options().ToJsonString());
        Write("junction.json", new JunctionModule().Demos[0].Options().ToJsonString());

        Write("imu.csv", "t_s,ax_mps2,ay_mps2,az_mps2,gx_radps,gy_radps,gz_radps\n" + string.Concat(
            new SimulatedVoyage(new VoyageOptions { Seed = 7, Seconds = 180 }).Run().Select((motion, i) => FormattableString.Invariant(
                $"{i / 100.0},{motion.X:0.000},{motion.Y:0.000},{motion.Z:0.000},{motion.P:0.0000},{motion.Q:0.0000},{motion.R:0.0000}\n"))));
        Write("voyage.nmea", string.Concat(Enumerable.Range(0, 300).SelectMany(VoyageLines)));

        // What `dotnet publish` writes, as far as its copying goes.
        Directory.CreateDirectory(Path.Combine(Files, "out"));
        Write("out/edge-node", "the program");
        WriteProgram("sudo", "exec \"$@\"");
        WriteProgram("edge-node", Run("edge-node", "edge-node"));
        WriteProgram("cloud-ingest", Run("cloud-ingest", "cloud-ingest"));
        WriteProgram("dashboards", Run("dashboards", "dashboards"));
        WriteProgram("sensing-schedule", Run("pipelines/Sensing.Scheduling.Command", "sensing-schedule"));
    }

    /// <summary>A second of a voyage north at 10 kn, towards a target of the radar that comes south as fast.</summary>
    private static IEnumerable<string> VoyageLines(int second)
    {
        string[] bodies =
        [
            FormattableString.Invariant($"GPRMC,12{second / 60:00}{second % 60:00}.00,A,54{second / 360.0:00.0000},N,01000.0000,E,10.0,0.0,010526,,,A"),
            "GPHDT,0.0,T",
            FormattableString.Invariant($"RATTM,01,{2 - (second / 180.0):0.000},0.0,T,10.0,180.0,T,,,N,,T"),
        ];
        return bodies.Select(body => $"${body}*{body.Aggregate(0, (sum, character) => sum ^ character):X2}\r\n");
    }

    /// <summary>Folder of what goes into the checkout's root.</summary>
    public string Files => _folder["files"];

    /// <summary>Folder for the path: the repository's programs by their names, and a <c>sudo</c> that does what it is given, since the
    /// terminal's user is root where it matters.</summary>
    public string Programs => _folder["programs"];

    public void Dispose() => _folder.Dispose();

    private static string Run(string project, string assembly) =>
        $"exec dotnet '{Path.Combine(Repository.Root, project, "bin", "Release", "net10.0", assembly + ".dll")}' \"$@\"";

    /// <summary>What somebody at the road has seen: time and class from the truth.</summary>
    private void WriteLabels(SyntheticScenario road)
    {
        SyntheticTruth truth = road.Truth(420);
        Write("seen.csv", "time,class\n" + string.Concat(truth.Vehicles
            .Where(vehicle => vehicle.ReferenceSeconds is not null)
            .Select(vehicle => $"{road.Epoch.AddSeconds(vehicle.ReferenceSeconds!.Value):O},{vehicle.Class.ToString().ToLowerInvariant()}\n")));
    }

    private void WriteVideo(string name, TrafficScene scene, int frames)
    {
        using var writer = new VideoWriter(Path.Combine(Files, name), scene.Options.FramesPerSecond);
        for (int i = 0; i < frames; i++)
        {
            using Frame frame = scene.Next();
            writer.Write(frame);
        }

        writer.Complete();
        scene.Dispose();
    }

    private void Write(string name, string text) => File.WriteAllText(Path.Combine(Files, name), text);

    private void WriteProgram(string name, string script)
    {
        string file = Path.Combine(Programs, name);
        File.WriteAllText(file, $"#!/usr/bin/env bash\n{script}\n");
        File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }
}

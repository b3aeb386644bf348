using System.Diagnostics;
using System.Globalization;
using System.Xml.Linq;
using Sensing.TrafficCamera.Signals;

namespace Sensing.Benchmarks.Camera.Signals;

/// <summary>Runs SUMO once over the scenario's hour and reads the delay of its trips.</summary>
internal sealed class SumoRun(string configFile, SumoJunction junction)
{
    public int Seed { get; init; } = 1;

    /// <summary>Factor on the demand.</summary>
    public double Scale { get; init; } = 1;

    /// <summary>Share of vehicles that the cameras miss.</summary>
    public double Missed { get; init; }

    /// <summary>The network's programme as it is, or as an actuated one.</summary>
    public Task<TripDelay> OwnProgramAsync(bool actuated, CancellationToken cancellation) => InFolderAsync(async (folder, trips) =>
    {
        string[] more = [];
        if (actuated)
        {
            string file = Path.Combine(folder, "actuated.add.xml");
            new XElement("additional", new XElement("tlLogic", new XAttribute("id", junction.Lights), new XAttribute("type", "actuated"),
                new XAttribute("programID", "actuated"), new XAttribute("offset", 0), junction.Program.Select(Phase))).Save(file);
            more = ["--additional-files", file];
        }

        using Process sumo = Start(trips, more);
        await sumo.WaitForExitAsync(cancellation);
    });

    /// <summary>A controller that takes readings and gives SUMO's state, once a second.</summary>
    public Task<TripDelay> ControlledAsync(Func<DateTimeOffset, IEnumerable<ApproachReading>, string> control, CancellationToken cancellation) =>
        InFolderAsync(async (_, trips) =>
        {
            int port = SumoClient.FreePort();
            using Process sumo = Start(trips, ["--remote-port", port.ToString(CultureInfo.InvariantCulture)]);
            try
            {
                using SumoClient client = await SumoClient.ConnectAsync(port, () => !sumo.HasExited, cancellation);
                client.WatchJunction(junction.Junction, 250);
                XElement time = XDocument.Load(configFile).Root!.Element("time")!;
                double begin = Seconds(time, "begin"), end = Seconds(time, "end");
                var random = new Random(Seed);
                string shown = "";
                for (double second = begin; second < end; second++)
                {
                    cancellation.ThrowIfCancellationRequested();
                    DateTimeOffset now = DateTimeOffset.UnixEpoch.AddSeconds(second);
                    string state = control(now, junction.Views.Read(client.NextSecond(), now, Missed > 0 ? (random, Missed) : null));
                    if (state != shown)
                    {
                        client.SetState(junction.Lights, state);
                        shown = state;
                    }
                }

                client.End();
                await sumo.WaitForExitAsync(cancellation);
            }
            finally
            {
                if (!sumo.HasExited)
                {
                    sumo.Kill();
                }
            }
        });

    private static double Seconds(XElement time, string name) => double.Parse(time.Element(name)!.Attribute("value")!.Value, CultureInfo.InvariantCulture);

    private static XElement Phase((string State, double Duration) phase)
    {
        var element = new XElement("phase", new XAttribute("duration", phase.Duration), new XAttribute("state", phase.State));
        if (!phase.State.Contains('y', StringComparison.Ordinal))
        {
            element.Add(new XAttribute("minDur", 5), new XAttribute("maxDur", 50));
        }

        return element;
    }

    private static async Task<TripDelay> InFolderAsync(Func<string, string, Task> run)
    {
        string folder = Directory.CreateTempSubdirectory("sensing-sumo-").FullName;
        try
        {
            string trips = Path.Combine(folder, "trips.xml");
            await run(folder, trips);
            return TripDelay.Read(trips);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private Process Start(string trips, string[] more)
    {
        string[] arguments =
        [
            "-c", configFile, "--seed", Seed.ToString(CultureInfo.InvariantCulture), "--scale", Scale.ToString(CultureInfo.InvariantCulture),
            // A teleported vehicle would no longer wait, and trips that are under way or not even inserted at the end wait most.
            "--time-to-teleport", "-1", "--tripinfo-output", trips, "--tripinfo-output.write-unfinished", "--tripinfo-output.write-undeparted",
            "--no-step-log", "--no-warnings", "--duration-log.disable",
            "--xml-validation", "never", "--xml-validation.net", "never", "--xml-validation.routes", "never", .. more,
        ];
        try
        {
            var sumo = Process.Start(new ProcessStartInfo("sumo", arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
            sumo.OutputDataReceived += (_, _) => { };
            sumo.BeginOutputReadLine();
            sumo.ErrorDataReceived += (_, line) => Complain(line.Data);
            sumo.BeginErrorReadLine();
            return sumo;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            throw new MeasureException("there is no 'sumo': install it with `apt-get install sumo`.");
        }
    }

    private static void Complain(string? line)
    {
        if (line?.StartsWith("Error", StringComparison.Ordinal) == true)
        {
            Console.Error.WriteLine($"sumo: {line}");
        }
    }
}

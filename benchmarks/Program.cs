using System.Text.Json.Nodes;
using Sensing.Benchmarks.Camera;
using Sensing.Benchmarks.Das;
using Sensing.Benchmarks.Marine;
using Sensing.Testing;

namespace Sensing.Benchmarks;

/// <summary>Entry point: <c>benchmarks -- NAME [options]</c>, <c>-- list</c>, <c>-- --help</c>.</summary>
public static class Program
{
    /// <summary>Every measure, one line each.</summary>
    private static readonly IMeasure[] Measures =
    [
        new Camera.SignalDelayMeasure(),
        new Scheduling.SchedulingCost(),
        new Scheduling.SchedulingTable(),
        new CameraCountsMeasure(),
        new CameraRobustnessMeasure(),
        new CameraSpeedMeasure(),
        new DasRealMeasure(),
        new DasSyntheticMeasure(),
        new DasLatencyMeasure(),
        new Camera.CameraEmergencyMeasure(),
        new Edge.EdgeFootprintMeasure(),
        new Edge.EdgeKillMeasure(),
        new Edge.EdgeOutboxMeasure(),
        new Edge.OutboxDamageMeasure(),
        new Edge.ReaderFuzzMeasure(),
        new Cloud.HostileLoadMeasure(),
        new Cloud.PoisonMeasure(),
        new Cloud.StoreCopyMeasure(),
        new Delivery.DeliveryFaultsMeasure(),
        new Delivery.DeliverySpeedMeasure(),
        new Pages.PageFirstView(),
        new MarineAisMeasure(),
        new MarineApproachMeasure(),
        new MarineColregMeasure(),
        new MarineReplayMeasure(),
        new MarineImpactMeasure(),
        new MarineLatencyMeasure(),
        new MarineUploadMeasure(),
        new Camera.CameraOccupancyMeasure(),
        new Models.ModelsImportMeasure(),
        new Drones.DronesTasksMeasure(),
        new Drones.DronesLiveMeasure(),
    ];

    public static async Task<int> Main(string[] args)
    {
        if (args.Length == 0 || args[0] is "list" or "--help" or "-h" or "help")
        {
            List(Console.Out);
            return 0;
        }

        IMeasure? measure = Measures.FirstOrDefault(m => m.Name == args[0]);
        if (measure is null)
        {
            Console.Error.WriteLine($"Unknown measure '{args[0]}'. `-- list` lists them.");
            return 2;
        }

        if (args[1..].Any(word => word is "--help" or "-h"))
        {
            Describe(measure, Console.Out);
            return 0;
        }

        using var cancel = new CancellationTokenSource();
        Console.CancelKeyPress += (_, pressed) =>
        {
            pressed.Cancel = true;
            cancel.Cancel();
        };
        try
        {
            var result = new JsonObject { ["measure"] = measure.Name };
            JsonObject figures = await measure.RunAsync(new MeasureOptions(args[1..]), Console.Out, cancel.Token);
            foreach ((string name, JsonNode? value) in figures.ToArray())
            {
                figures.Remove(name);
                result[name] = value;
            }

            Console.WriteLine(result.ToJsonString());
            return result.ContainsKey(IMeasure.Failed) ? 1 : 0;
        }
        catch (Exception error) when (error is MeasureException or ProgramException)
        {
            Console.Error.WriteLine($"{measure.Name}: {error.Message}");
            return 2;
        }
        catch (OperationCanceledException)
        {
            Console.Error.WriteLine($"{measure.Name}: stopped.");
            return 130;
        }
    }

    private static void List(TextWriter output)
    {
        output.WriteLine("dotnet run -c Release --project benchmarks -- NAME [options]");
        output.WriteLine("Prints a table and, as its last line, one JSON object with the figures.");
        foreach (IMeasure measure in Measures.OrderBy(m => m.Name, StringComparer.Ordinal))
        {
            output.WriteLine();
            Describe(measure, output);
        }
    }

    private static void Describe(IMeasure measure, TextWriter output) =>
        output.WriteLine($"{measure.Name}\n  {measure.Summary}\n  inputs: {measure.Inputs}\n  takes: {measure.Duration}");
}

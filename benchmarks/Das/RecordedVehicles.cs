using System.Reactive.Subjects;
using Sensing.Das;
using Sensing.Das.Events;
using Sensing.Das.Figures;
using Sensing.Das.Sources;
using Sensing.Events;
using Sensing.Streams;

namespace Sensing.Benchmarks.Das;

/// <summary>Runs the chain over samples and keeps its vehicles.</summary>
internal static class RecordedVehicles
{
    public static readonly StreamAddress Address = new("bench", "desk", "fibre");

    /// <summary>The blocks of an HDF5 recording.</summary>
    public static IAsyncEnumerable<DasBlock> Read(string path, CancellationToken cancellation)
    {
        var source = new FileSource(
            new Hdf5SourceOptions { Files = [Path.GetFullPath(path)] }, new StreamContext(Address, TimeProvider.System, Directory.GetCurrentDirectory()));
        return Blocks(source, cancellation);
    }

    /// <summary>Runs a pipeline; times are taken from the first block's.</summary>
    /// <param name="pipeline">A new pipeline.</param>
    /// <param name="blocks">Samples; disposed here.</param>
    /// <param name="until">Reading ends here, s since the start.</param>
    /// <param name="plot">Takes what lies between the given seconds; null: nothing is drawn.</param>
    public static async Task<List<ReportedVehicle>> RunAsync(DasPipeline pipeline, IAsyncEnumerable<DasBlock> blocks, double until = double.PositiveInfinity,
        (RoadFigure Picture, double From, double To)? plot = null)
    {
        var vehicles = new List<ReportedVehicle>();
        using var samples = new Subject<DasBlock>();
        DateTimeOffset? start = null;
        double read = 0;
        using IDisposable subscription = pipeline.Connect(samples).Subscribe(e =>
        {
            if (plot is { } drawn && (e.Time - start!.Value).TotalSeconds is double at && at >= drawn.From && at <= drawn.To)
            {
                drawn.Picture.Add(e);
            }

            if (e.Type == DasEvents.Vehicle.Name)
            {
                vehicles.Add(new ReportedVehicle((e.Time - start!.Value).TotalSeconds, DasEvents.Vehicle.Read(e), read));
            }
        });
        await foreach (DasBlock block in blocks)
        {
            using (block)
            {
                start ??= block.Time;
                read = (block.Time + block.Duration - start.Value).TotalSeconds;
                samples.OnNext(block);
            }

            if (read >= until)
            {
                break;
            }
        }

        samples.OnCompleted();
        return vehicles;
    }

    private static async IAsyncEnumerable<DasBlock> Blocks(
        FileSource source, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation)
    {
        await using (source)
        {
            await foreach (SourceItem<DasBlock> item in source.ReadAsync(null, cancellation))
            {
                if (item.Sample is { } block)
                {
                    yield return block;
                }
            }
        }
    }
}

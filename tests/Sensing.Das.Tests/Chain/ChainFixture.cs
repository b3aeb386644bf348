using System.Reactive.Subjects;
using Sensing.Das.Synthetic;
using Sensing.Events;
using Sensing.Streams;

namespace Sensing.Das.Tests.Chain;

/// <summary>A short synthetic recording and ways to feed it to the chain.</summary>
internal static class ChainFixture
{
    public static readonly StreamAddress Address = new("test", "desk", "fibre");

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

    public static readonly DasOptions Options = DasOptions.Highway with
    {
        Condition = DasOptions.Highway.Condition with { TemplateSeconds = [0.2, 0.5] },
        Detect = DasOptions.Highway.Detect with { LearnDelays = true },
        MinSpeedKmh = 30,
        Report = DasOptions.Highway.Report with { FlowMinutes = [1], FlowWaitSeconds = 5 },
    };

    /// <summary>All samples of the recording, as one block.</summary>
    public static DasBlock Whole(double seconds) =>
        new SyntheticScenario(Road).Read(0, (int)(seconds * Road.SampleRateHz));

    /// <summary>A copy of some rows of a block.</summary>
    public static DasBlock Part(DasBlock whole, int first, int rows)
    {
        var part = new DasBlock(whole.Geometry, whole.Epoch, whole.FirstSample + first, rows);
        int channels = whole.Geometry.Channels;
        whole.Values.Slice(first * channels, rows * channels).CopyTo(part.Values);
        return part;
    }

    /// <summary>Runs a new pipeline over the whole cut into pieces of the given lengths, over and over.</summary>
    public static List<SensorEvent> Run(DasBlock whole, IReadOnlyList<int> lengths)
    {
        var events = new List<SensorEvent>();
        using var samples = new Subject<DasBlock>();
        using IDisposable run = new DasPipeline(Options, Address).Connect(samples).Subscribe(events.Add);
        for (int first = 0, i = 0; first < whole.Rows; i++)
        {
            int rows = Math.Min(lengths[i % lengths.Count], whole.Rows - first);
            using DasBlock part = Part(whole, first, rows);
            samples.OnNext(part);
            first += rows;
        }

        samples.OnCompleted();
        return events;
    }

    public static List<SensorEvent> Run(IEnumerable<DasBlock> blocks, DasOptions? options = null)
    {
        var events = new List<SensorEvent>();
        using var samples = new Subject<DasBlock>();
        using IDisposable run = new DasPipeline(options ?? Options, Address).Connect(samples).Subscribe(events.Add);
        foreach (DasBlock block in blocks)
        {
            using (block)
            {
                samples.OnNext(block);
            }
        }

        samples.OnCompleted();
        return events;
    }
}

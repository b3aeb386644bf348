using System.Reactive.Subjects;
using CsCheck;
using Sensing.Events;

namespace Sensing.Das.Tests.Chain;

public sealed class SnapshotTests
{
    private const double Seconds = 70;

    [Fact]
    public void A_pipeline_restored_at_any_instant_goes_on_with_the_same_events()
    {
        using DasBlock whole = ChainFixture.Whole(Seconds);
        List<SensorEvent> expected = ChainFixture.Run(whole, [whole.Rows]);
        Gen.Int[1, whole.Rows - 1].Array[1, 3].Sample(
            instants =>
            {
                List<SensorEvent> events = RunInterrupted(whole, [.. instants.Distinct().Order()]);
                return expected.SequenceEqual(events);
            },
            iter: 8, threads: 1);
    }

    [Fact]
    public void Saving_does_not_disturb_and_two_saves_are_equal()
    {
        using DasBlock whole = ChainFixture.Whole(30);
        var pipeline = new DasPipeline(ChainFixture.Options, ChainFixture.Address);
        using var samples = new Subject<DasBlock>();
        using IDisposable run = pipeline.Connect(samples).Subscribe(_ => { });
        using DasBlock part = ChainFixture.Part(whole, 0, 1234);
        samples.OnNext(part);
        byte[] first = Save(pipeline);
        Assert.Equal(first, Save(pipeline));
        Assert.Equal(first, Save(Restore(first)));
    }

    [Fact]
    public void A_state_of_another_version_is_refused()
    {
        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream);
        writer.Write("das-0");
        stream.Position = 0;
        using var reader = new BinaryReader(stream);
        var pipeline = new DasPipeline(ChainFixture.Options, ChainFixture.Address);
        Assert.Throws<InvalidDataException>(() => pipeline.Load(reader));
    }

    private static List<SensorEvent> RunInterrupted(DasBlock whole, int[] instants)
    {
        var events = new List<SensorEvent>();
        var pipeline = new DasPipeline(ChainFixture.Options, ChainFixture.Address);
        int from = 0;
        foreach (int to in (int[])[.. instants, whole.Rows])
        {
            using var samples = new Subject<DasBlock>();
            IDisposable run = pipeline.Connect(samples).Subscribe(events.Add);
            using DasBlock part = ChainFixture.Part(whole, from, to - from);
            samples.OnNext(part);
            if (to == whole.Rows)
            {
                samples.OnCompleted();
            }

            run.Dispose(); // the process dies here: nothing is flushed
            pipeline = Restore(Save(pipeline));
            from = to;
        }

        return events;
    }

    private static byte[] Save(DasPipeline pipeline)
    {
        using var stream = new MemoryStream();
        using (var writer = new BinaryWriter(stream, System.Text.Encoding.UTF8, leaveOpen: true))
        {
            pipeline.Save(writer);
        }

        return stream.ToArray();
    }

    private static DasPipeline Restore(byte[] state)
    {
        using var reader = new BinaryReader(new MemoryStream(state));
        var pipeline = new DasPipeline(ChainFixture.Options, ChainFixture.Address);
        pipeline.Load(reader);
        Assert.Equal(state.Length, reader.BaseStream.Position);
        return pipeline;
    }
}

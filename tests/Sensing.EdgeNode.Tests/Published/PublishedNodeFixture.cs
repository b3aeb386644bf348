using Sensing.Das;
using Sensing.Das.Recordings.Described;
using Sensing.Das.Recordings.Npy;
using Sensing.Das.Synthetic;
using Sensing.Testing;

namespace Sensing.EdgeNode.Tests.Published;

/// <summary>The node, published once as the documentation says, and recordings of a synthetic road.</summary>
public sealed class PublishedNodeFixture : IAsyncLifetime
{
    private const int Seconds = 240;

    private string _program = "";

    public TemporaryFolder Folder { get; } = new();

    public string Hdf5 => Folder["road.h5"];

    public string Npy => Folder["road.npy"];

    /// <summary>Path of the published program; skips the test where it cannot be made here.</summary>
    public string Program
    {
        get
        {
            Assert.SkipWhen(PublishedNode.Missing is not null, PublishedNode.Missing ?? "");
            return _program;
        }
    }

    public async ValueTask InitializeAsync()
    {
        if (PublishedNode.Missing is not null)
        {
            return;
        }

        var road = new SyntheticScenario(new SyntheticOptions
        {
            Scenario = "mixed",
            Seed = 5,
            Channels = 40,
            ChannelStepM = 5,
            SampleRateHz = 50,
            SnrDb = 20,
            FlowFactor = 3,
        });
        int rows = (int)(Seconds * road.Options.SampleRateHz);
        using (DasBlock whole = road.Read(0, rows))
        using (var hdf5 = new Hdf5RecordingWriter(Hdf5, road.Geometry, whole.Time, rows))
        using (var npy = new NpyRecordingWriter(Npy, road.Geometry, whole.Time))
        {
            hdf5.Append(whole);
            hdf5.Complete();
            npy.Append(whole);
            npy.Complete();
        }

        _program = await PublishedNode.PublishAsync("linux-x64", Folder["published"], TestContext.Current.CancellationToken);
    }

    public ValueTask DisposeAsync()
    {
        Folder.Dispose();
        return ValueTask.CompletedTask;
    }
}

using Sensing.Das;
using Sensing.Das.Recordings.Described;
using Sensing.Das.Recordings.Npy;
using Sensing.Das.Synthetic;
using Sensing.Testing;

namespace Sensing.EdgeNode.Tests.Published;

/// <summary>The node, published once as the documentation says when the first test asks for it, and recordings of a synthetic road.</summary>
public sealed class PublishedNodeFixture : IDisposable
{
    /// <summary>Two publishes at a time would write the same files below <c>obj</c>.</summary>
    public const string OneAtATime = "published";

    private const int Seconds = 240;

    private readonly Lazy<Task<string>> _program;
    private readonly Lazy<TemporaryFolder> _recordings;

    public PublishedNodeFixture()
    {
        // Not the token of the test that asks first: the others need the program, too.
        _program = new(() => PublishedNode.PublishAsync("linux-x64", Folder["published"], CancellationToken.None));
        _recordings = new(Record);
    }

    public TemporaryFolder Folder { get; } = new();

    public string Hdf5 => _recordings.Value["road.h5"];

    public string Npy => _recordings.Value["road.npy"];

    /// <summary>Path of the published program; skips the test where it cannot be made here.</summary>
    public async Task<string> ProgramAsync()
    {
        Assert.SkipWhen(PublishedNode.Missing is not null, PublishedNode.Missing ?? "");
        return await _program.Value.WaitAsync(TestContext.Current.CancellationToken);
    }

    public void Dispose() => Folder.Dispose();

    private TemporaryFolder Record()
    {
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
        using DasBlock whole = road.Read(0, rows);
        using var hdf5 = new Hdf5RecordingWriter(Folder["road.h5"], road.Geometry, whole.Time, rows);
        using var npy = new NpyRecordingWriter(Folder["road.npy"], road.Geometry, whole.Time);
        hdf5.Append(whole);
        hdf5.Complete();
        npy.Append(whole);
        npy.Complete();
        return Folder;
    }
}

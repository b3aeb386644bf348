using Sensing.Das.Recordings;
using Sensing.Das.Synthetic;

namespace Sensing.Das.Tests.Synthetic;

public sealed class SyntheticRecordingTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("das-synthetic-").FullName;

    [Theory]
    [InlineData("road.h5")]
    [InlineData("road.npy")]
    public void A_recording_holds_the_scenario_and_its_truth_lies_beside_it(string name)
    {
        var scenario = new SyntheticScenario(new SyntheticOptions { Channels = 20, SampleRateHz = 20 });
        string path = Path.Combine(_folder, name);
        SyntheticRecording.Write(scenario, path, 120);

        using Recording recording = RecordingFormats.Open(path);
        Assert.Equal((2400, scenario.Epoch), (recording.Header.Rows, recording.Header.StartTime));
        Assert.Equal(scenario.Geometry, recording.Header.Geometry);
        var values = new float[2400 * 20];
        recording.Read(0, 2400, values);
        using DasBlock expected = scenario.Read(0, 2400);
        Assert.True(expected.Values.SequenceEqual(values));

        using FileStream json = File.OpenRead(Path.Combine(_folder, "road.truth.json"));
        Assert.Equal(
            scenario.Truth(120).Vehicles.Select(v => (v.Id, v.EntrySeconds)),
            TruthFile.ReadJson(json).Vehicles.Select(v => (v.Id, v.EntrySeconds)));
        Assert.StartsWith("id,direction,class", File.ReadAllText(Path.Combine(_folder, "road.truth.csv")), StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(_folder, "*.tmp"));
    }

    [Fact]
    public void Another_ending_is_refused()
    {
        ArgumentException error = Assert.Throws<ArgumentException>(
            () => SyntheticRecording.Write(new SyntheticScenario(new SyntheticOptions()), "road.wav", 1));
        Assert.StartsWith("road.wav: recordings are written as .h5 or .npy.", error.Message, StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}

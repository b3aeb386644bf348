using PureHDF;
using Sensing.Das.Sources;
using Sensing.Das.Synthetic;
using Sensing.Das.Tests.Recordings;
using Sensing.Events.Node;
using Sensing.Streams;
using Sensing.Testing;
using Sensing.Testing.Conformance;

namespace Sensing.Das.Tests.Sources;

/// <summary>What a person reads when the input is bad, and that what is good is still yielded.</summary>
public sealed class FaultyInputTests : IDisposable
{
    private static readonly SyntheticScenario Expected = new(ConformingSources.Road);

    private readonly SourceUnderTest<DasBlock> _test = ConformingSources.SeveralHdf5Files();

    [Fact]
    public async Task A_missing_file_is_a_gap()
    {
        File.Delete(In("road_0250.h5"));
        SourceReading reading = await Read("road_*.h5");

        Assert.Equal(750, reading.Rows.Count);
        AssertNotice(reading, "gap", "road_0500.h5", null,
            "5 s are missing: the data before end at 2026-01-01T00:00:05.000Z, this goes on at 2026-01-01T00:00:10.000Z.",
            "Look for the missing file, or for the interrogator's fault at that time.");
    }

    [Fact]
    public async Task A_foreign_file_among_others_is_passed_over_and_leaves_a_gap()
    {
        File.WriteAllText(In("road_0250.h5"), "PK this is an archive");
        SourceReading reading = await Read("road_*.h5");

        Assert.Equal(750, reading.Rows.Count);
        Assert.Equal(["foreign", "gap"], reading.Notices.Select(n => n.Code));
        Assert.Equal("This is no HDF5 file: it begins with 'PK thi'.", reading.Notices[0].Message);
    }

    [Fact]
    public async Task A_cut_HDF5_file_is_told_and_the_files_around_it_are_read()
    {
        Cut("road_0250.h5", 0.6);
        SourceReading reading = await Read("road_*.h5");

        Assert.Equal(["truncated", "gap"], reading.Notices.Select(n => n.Code));
        Assert.Equal(In("road_0250.h5"), reading.Notices[0].Input);
        Assert.Equal("The file ends too early: it is shorter than its own header says.", reading.Notices[0].Message);
        Assert.Equal("Copy it again from the interrogator, or check the disk that it was written to.", reading.Notices[0].Remedy);
        Assert.Equal(750, reading.Rows.Count);
        AssertGood(reading);
    }

    [Theory]
    [InlineData(7000, 107)]
    [InlineData(6152, 1)]
    [InlineData(9343, 399)]
    public async Task A_cut_HDF5_file_whose_description_comes_first_yields_what_it_still_holds(int bytes, int rows)
    {
        // 400 x 4 16-bit integers from byte 6144 on, written with h5py 3 (attributes, flush, values); channel 0 counts the samples.
        byte[] whole = await File.ReadAllBytesAsync(
            Path.Combine(Repository.Root, "tests/Sensing.Das.Tests/Recordings/Files/metadata_first.h5"), TestContext.Current.CancellationToken);
        await File.WriteAllBytesAsync(In("cut.h5"), whole[..bytes], TestContext.Current.CancellationToken);
        SourceReading reading = await Read("cut.h5");

        AssertNotice(reading, "truncated", "cut.h5", $"/strain_rate, sample {rows}",
            "The file ends too early: it is shorter than its own header says.",
            "Copy it again from the interrogator, or check the disk that it was written to.");
        Assert.Equal(Enumerable.Range(0, rows).Select(r => r * 1e-9f), reading.Rows.Select(r => r.Values[0]));
    }

    [Theory]
    [InlineData("das/poznan_0900.h5")]
    [InlineData("das-formats/decimated_optodas.hdf5")]
    [InlineData("das-formats/prodml_2.0.h5")]
    public async Task A_cut_instrument_file_says_that_it_is_cut(string file)
    {
        byte[] bytes = await File.ReadAllBytesAsync(Repository.SharedData(file), TestContext.Current.CancellationToken);
        await File.WriteAllBytesAsync(In("cut.h5"), bytes[..(bytes.Length / 2)], TestContext.Current.CancellationToken);
        SourceException error = await Assert.ThrowsAsync<SourceException>(() => Read("cut.h5"));

        Assert.Equal(In("cut.h5"), error.Input);
        Assert.Equal("The file ends too early: it is shorter than its own header says.", error.Problem);
    }

    [Fact]
    public async Task A_cut_npy_file_yields_what_it_still_holds()
    {
        ConformingSources.WriteNpy(In("road_0000.npy"), 0, 250);
        Cut("road_0000.npy", 0.5);
        await using var source = new FileSource(new NpySourceOptions { Files = ["road_0000.npy"] }, _test.Context);
        SourceReading reading = await SourceReading.Of(source, _test.Time);

        StreamNotice notice = Assert.Single(reading.Notices);
        Assert.Equal("truncated", notice.Code);
        Assert.Equal("The file ends at byte 6096 of 12192.", notice.Message);
        Assert.Equal("sample 123, byte 6096", notice.Position);
        Assert.Equal("Copy it again; what lies before is used.", notice.Remedy);
        Assert.Equal(123, reading.Rows.Count);
        AssertGood(reading);
    }

    [Fact]
    public async Task An_overlapping_file_gives_only_what_is_new()
    {
        ConformingSources.WriteHdf5(In("road_0250.h5"), 200, 300);
        SourceReading reading = await Read("road_*.h5");

        AssertNotice(reading, "time-backwards", "road_0250.h5", null,
            "Time goes backwards by 1 s, from 2026-01-01T00:00:05.000Z to 2026-01-01T00:00:04.000Z; samples are left out until time goes on.",
            "Check the interrogator's clock (GPS, NTP), or the order of the files.");
        Assert.Equal(1000, reading.Rows.Count);
        AssertGood(reading);
    }

    [Fact]
    public async Task A_file_from_the_past_is_left_out()
    {
        File.Copy(In("road_0000.h5"), In("road_0600.h5"));
        SourceReading reading = await Read("road_*.h5");

        AssertNotice(reading, "time-backwards", "road_0600.h5", null,
            "Time goes backwards by 15 s, from 2026-01-01T00:00:15.000Z to 2026-01-01T00:00:00.000Z; the whole file is left out.",
            "Check the interrogator's clock (GPS, NTP), or the order of the files.");
        Assert.Equal(1000, reading.Rows.Count);
        AssertGood(reading);
    }

    [Fact]
    public async Task A_file_with_other_channels_is_told_and_yielded()
    {
        new H5File
        {
            Attributes = { ["dt"] = 0.02, ["dx"] = 4.0, ["first_channel"] = 8.0, ["gauge_length"] = 10.0, ["start_time"] = "2026-01-01T00:00:05Z" },
            ["strain_rate"] = new float[250, 7],
        }.Write(In("road_0250.h5"));
        SourceReading reading = await Read("road_*.h5");

        Assert.Equal(["channels-changed", "channels-changed"], reading.Notices.Select(n => n.Code));
        Assert.Equal(
            "The channels changed in mid-stream: 12 channels of 5 m from 0 m at 50 Hz before, 7 channels of 4 m from 8 m at 50 Hz from here on.",
            reading.Notices[0].Message);
        Assert.Equal("If nobody changed the interrogator's settings, check which folder its files go to.", reading.Notices[0].Remedy);
        Assert.Equal(1000, reading.Rows.Count);
        Assert.Equal(7, reading.Rows[300].Values.Length);
        Assert.Equal(12, reading.Rows[600].Values.Length);
    }

    [Fact]
    public async Task Values_that_are_not_a_number_are_counted_and_passed_on()
    {
        var values = new float[100, 12];
        for (int r = 30; r < 40; r++)
        {
            values[r, 4] = float.NaN;
            values[r, 5] = float.PositiveInfinity;
        }

        new H5File
        {
            Attributes = { ["dt"] = 0.02, ["dx"] = 5.0, ["gauge_length"] = 10.0, ["start_time"] = "2026-01-01T00:00:20Z" },
            ["strain_rate"] = values,
        }.Write(In("nan.h5"));
        SourceReading reading = await Read("nan.h5");

        AssertNotice(reading, "not-a-number", "nan.h5", "sample 30, channel 4",
            "20 of the 780 values from here on are not a number; they are passed on as unknown.",
            "Check the interrogator's export; if whole channels are affected, mask them.");
        Assert.Equal(100, reading.Rows.Count);
        Assert.True(float.IsNaN(reading.Rows[35].Values[4]) && float.IsNaN(reading.Rows[35].Values[5]));
        Assert.Equal(0, reading.Rows[35].Values[6]);
    }

    [Fact]
    public async Task A_jump_of_the_clock_within_a_file_is_a_gap_and_a_jump_back_leaves_samples_out()
    {
        // 0 to 9 in order, 10 to 19 half a second later, 20 to 24 back where 12 to 16 were, 25 on after 19.
        long[] steps = [.. Enumerable.Range(0, 10), .. Enumerable.Range(60, 10), .. Enumerable.Range(62, 5), .. Enumerable.Range(70, 15)];
        WrittenFiles.ProdMl(In("clock.h5"), micros: [.. steps.Select(s => 1_700_000_000_000_000L + (s * 10_000L))]);
        await using var source = new FileSource(new Hdf5SourceOptions { Files = ["clock.h5"], BlockSeconds = 0.07 }, _test.Context);
        SourceReading reading = await SourceReading.Of(source, _test.Time);

        Assert.Equal(["gap", "time-backwards"], reading.Notices.Select(n => n.Code));
        Assert.Equal("0.5 s are missing: the data before end at 2023-11-14T22:13:20.100Z, this goes on at 2023-11-14T22:13:20.600Z.", reading.Notices[0].Message);
        Assert.Equal("Time goes backwards by 0.08 s, from 2023-11-14T22:13:20.700Z to 2023-11-14T22:13:20.620Z; samples are left out until time goes on.", reading.Notices[1].Message);
        Assert.Equal("sample 20", reading.Notices[1].Position);
        Assert.Equal([.. Enumerable.Range(0, 20).Concat(Enumerable.Range(25, 15)).Select(r => (r * 10f) * 1e-9f)],
            reading.Rows.Select(r => r.Values[0]));
        Assert.True(reading.Rows.Zip(reading.Rows.Skip(1)).All(pair => pair.First.Time < pair.Second.Time));
    }

    [Theory]
    [InlineData("gap")]
    [InlineData("backwards")]
    [InlineData("channels")]
    [InlineData("cut")]
    public async Task After_any_position_around_a_fault_the_same_rest_follows(string fault)
    {
        switch (fault)
        {
            case "gap":
                File.Delete(In("road_0250.h5"));
                break;
            case "backwards":
                ConformingSources.WriteHdf5(In("road_0250.h5"), 203, 247);
                break;
            case "cut":
                Cut("road_0250.h5", 0.6);
                break;
            default:
                new H5File
                {
                    Attributes = { ["dt"] = 0.02, ["dx"] = 4.0, ["start_time"] = "2026-01-01T00:00:06Z" },
                    ["strain_rate"] = new float[150, 7],
                }.Write(In("road_0250.h5"));
                break;
        }

        SourceReading whole = await Read("road_*.h5");
        foreach ((SourcePosition position, int before) in whole.Positions)
        {
            SourceReading rest = await Read("road_*.h5", position);
            Assert.Equal(whole.Rows.Skip(before).Select(r => r.Time), rest.Rows.Select(r => r.Time));
            Assert.Equal(whole.Rows.Skip(before).SelectMany(r => r.Values), rest.Rows.SelectMany(r => r.Values));
        }
    }

    [Fact]
    public async Task A_single_unreadable_file_is_an_error_with_its_remedy()
    {
        File.WriteAllText(In("alone.h5"), "");
        SourceException error = await Assert.ThrowsAsync<SourceException>(() => Read("alone.h5"));

        Assert.Equal($"{In("alone.h5")}: The file is empty. Copy it again from the interrogator.", error.Message);
    }

    [Fact]
    public async Task An_npy_file_without_its_sidecar_or_with_a_wrong_one_says_what_to_write()
    {
        ConformingSources.WriteNpy(In("a.npy"), 0, 50);
        File.Delete(In("a.json"));
        SourceException missing = await Assert.ThrowsAsync<SourceException>(ReadNpy);
        Assert.Equal(
            $"{In("a.npy")}: Its sidecar a.json is missing. Write one that tells at least startTime, timeStepSeconds and channelStepM.", missing.Message);

        await File.WriteAllTextAsync(In("a.json"), """{ "startTime": "2026-01-01T00:00:00Z", "timeStep": 0.02 }""", TestContext.Current.CancellationToken);
        SourceException wrong = await Assert.ThrowsAsync<SourceException>(ReadNpy);
        Assert.StartsWith($"{In("a.json")}: The sidecar is not right: timeStepSeconds: is missing; channelStepM: is missing; timeStep: is not known here", wrong.Message, StringComparison.Ordinal);

        async Task ReadNpy()
        {
            await using var source = new FileSource(new NpySourceOptions { Files = ["a.npy"] }, _test.Context);
            await SourceReading.Of(source, _test.Time);
        }
    }

    public void Dispose() => _test.Dispose();

    private string In(string name) => Path.Combine(_test.Folder, name);

    private async Task<SourceReading> Read(string files, SourcePosition? after = null)
    {
        await using var source = new FileSource(new Hdf5SourceOptions { Files = [files], BlockSeconds = 1.3 }, _test.Context);
        return await SourceReading.Of(source, _test.Time, after);
    }

    private void Cut(string name, double share)
    {
        using FileStream file = File.OpenWrite(In(name));
        file.SetLength((long)(file.Length * share));
    }

    private void AssertNotice(SourceReading reading, string code, string file, string? position, string message, string remedy)
    {
        StreamNotice notice = Assert.Single(reading.Notices);
        Assert.Equal((code, In(file), position), (notice.Code, notice.Input, notice.Position));
        Assert.Equal(message, notice.Message);
        Assert.Equal(remedy, notice.Remedy);
        Assert.Equal(NoticeSeverity.Warning, notice.Severity);
    }

    /// <summary>Every row is the road's at that time.</summary>
    private void AssertGood(SourceReading reading)
    {
        using DasBlock road = Expected.Read(0, ConformingSources.Rows);
        foreach ((DateTimeOffset time, float[] values) in reading.Rows)
        {
            int row = (int)Math.Round((time - Expected.Epoch).TotalSeconds * 50);
            Assert.Equal(road.Row(row).ToArray(), values);
        }
    }
}

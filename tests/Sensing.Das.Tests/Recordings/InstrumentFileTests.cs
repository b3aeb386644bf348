using Sensing.Das.Recordings;
using Sensing.Das.Recordings.Described;
using Sensing.Testing;

namespace Sensing.Das.Tests.Recordings;

/// <summary>Files that instruments wrote, against values read from them with h5py and converted by hand.</summary>
public class InstrumentFileTests
{
    [Fact]
    public void OptoDas_version_8_is_read_as_strain_rate()
    {
        using Recording recording = RecordingFormats.Open(Repository.SharedData("das-formats/decimated_optodas.hdf5"));
        RecordingHeader header = recording.Header;

        Assert.Equal(("OptoDAS", "8"), (header.Format, header.FormatVersion));
        Assert.Equal(new DateTimeOffset(2023, 10, 27, 14, 23, 37, 20, TimeSpan.Zero), header.StartTime);
        Assert.Equal((51, 5000, 0.002), (header.Geometry.Channels, header.Rows, header.Geometry.TimeStepSeconds));
        Assert.Equal(10.213001907746815, header.Geometry.GaugeLengthM, 1e-9);
        Assert.Equal(50 * 1.0213001907746815, header.Geometry.ChannelStepM, 1e-9);
        Assert.Equal(32_500 * 1.0213001907746815, header.Geometry.FirstChannelM, 1e-6);
        Assert.Equal(RecordedQuantity.StrainRate, header.Quantity);
        AssertValues(recording, (0, 0, -7.620470654501332e-08), (4999, 50, -6.758153858754667e-07), (1234, 17, 1.945225420740826e-07));
        Assert.Equal(3.1417565105673704e-07, RootMeanSquare(recording, 0, 5000), 1e-12);
    }

    [Fact]
    public void ProdMl_2_0_of_a_Silixa_iDAS_is_read_as_strain_rate()
    {
        using Recording recording = RecordingFormats.Open(Repository.SharedData("das-formats/prodml_2.0.h5"));
        RecordingHeader header = recording.Header;

        Assert.Equal(("PRODML", "2.0"), (header.Format, header.FormatVersion));
        Assert.Equal(DateTimeOffset.UnixEpoch, header.StartTime);
        Assert.Equal((512, 2500, 0.005), (header.Geometry.Channels, header.Rows, header.Geometry.TimeStepSeconds));
        Assert.Equal(-260 * 1.0209519863128662, header.Geometry.FirstChannelM, 1e-6);
        AssertValues(recording,
            (0, 0, 1.148671875e-06), (0, 511, -9.317382812500001e-08), (1500, 7, 1.873671875e-06), (2499, 300, -2.7470703125e-08));
        Assert.Equal(6.362716238944119e-07, RootMeanSquare(recording, 0, 2500), 1e-12);
    }

    [Fact]
    public void The_street_in_Poznan_is_recognised_without_a_layout()
    {
        using Recording recording = RecordingFormats.Open(Repository.SharedData("das/poznan_0902.h5"));
        RecordingHeader header = recording.Header;

        Assert.Equal(new DateTimeOffset(2024, 5, 7, 7, 2, 52, TimeSpan.Zero), header.StartTime);
        Assert.Equal((52, 750_000, 0.0016), (header.Geometry.Channels, header.Rows, header.Geometry.TimeStepSeconds));
        AssertValues(recording,
            (0, 0, 8.146884555859657e-07), (62_500, 51, -8.522894612283949e-08), (749_999, 13, 2.2560603385457512e-07), (400_123, 30, -2.1808583272608928e-07));
        Assert.Equal(6.992339846689486e-07, RootMeanSquare(recording, 100_000, 10_000), 1e-12);
    }

    [Fact]
    public void An_AP_Sensing_file_can_be_described()
    {
        var layout = new Hdf5Layout
        {
            Dataset = "/DAS",
            SampleRateHz = "/ProcessingServer/DataRate",
            ChannelStepM = "/ProcessingServer/SpatialSampling",
            FirstChannelM = "/DAQ/PositionStart",
            GaugeLengthM = "/ProcessingServer/GaugeLength",
            Scale = "1e-9",
            StartTime = "/Metadata/Timestamp",
        };
        using Recording recording = RecordingFormats.Open(Repository.SharedData("das-formats/ap_sensing_1.hdf5"), layout);

        Assert.Equal(new DateTimeOffset(2023, 9, 24, 12, 46, 31, TimeSpan.Zero).AddMicroseconds(739_618), recording.Header.StartTime);
        Assert.Equal((4082, 150, 0.002), (recording.Header.Geometry.Channels, recording.Header.Rows, recording.Header.Geometry.TimeStepSeconds));
        AssertValues(recording, (149, 4081, 2027e-9), (70, 2000, -78e-9));
    }

    [Theory]
    [InlineData("silixa_h5_1.hdf5", "Silixa iDAS HDF5")]
    [InlineData("terra15_v5_test_file.hdf5", "Terra15 Treble HDF5")]
    [InlineData("ap_sensing_1.hdf5", "AP Sensing HDF5")]
    [InlineData("valencia_febus_example.h5", "Febus A1 HDF5")]
    public void A_known_foreign_format_is_named(string file, string name)
    {
        string path = Repository.SharedData("das-formats/" + file);
        RecordingException error = Assert.Throws<RecordingException>(() => RecordingFormats.Open(path));

        Assert.Equal("foreign", error.Code);
        Assert.Equal(
            $"{path}: The file is {name}, which is not read. Read are OptoDAS 8 to 11, PRODML 2.0 and 2.1, strain-rate file 1; "
            + "any other two-dimensional dataset with the option 'layout', which describes where its values are.",
            error.Message);
    }

    [Fact]
    public void Reading_in_blocks_of_any_size_gives_the_same_and_little_is_held()
    {
        string path = Repository.SharedData("das/poznan_0902.h5");
        using Recording recording = RecordingFormats.Open(path);
        var whole = new float[20_000 * 52];
        recording.Read(30_000, 20_000, whole);
        var part = new float[777 * 52];
        for (int first = 0; first + 777 <= 20_000; first += 777)
        {
            recording.Read(30_000 + first, 777, part);
            Assert.True(part.AsSpan().SequenceEqual(whole.AsSpan(first * 52, part.Length)));
        }

        // The file's samples are 156 MB as floats; after a garbage collection a reader that has been all through it holds a band.
        for (long row = 0; row + 777 <= recording.Header.Rows; row += 777)
        {
            recording.Read(row, 777, part);
        }

        whole = [];
        Assert.InRange(GC.GetTotalMemory(forceFullCollection: true), 0, 40 << 20);
    }

    private static void AssertValues(Recording recording, params (long Row, int Channel, double Value)[] expected)
    {
        var row = new float[recording.Header.Geometry.Channels];
        foreach ((long number, int channel, double value) in expected)
        {
            recording.Read(number, 1, row);
            Assert.Equal(value, row[channel], Math.Abs(value) * 1e-6);
        }
    }

    private static double RootMeanSquare(Recording recording, long first, int rows)
    {
        var values = new float[rows * recording.Header.Geometry.Channels];
        recording.Read(first, rows, values);
        return Math.Sqrt(values.Average(v => (double)v * v));
    }
}

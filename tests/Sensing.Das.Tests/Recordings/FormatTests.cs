using Sensing.Das.Recordings;
using Sensing.Das.Recordings.Described;
using PureHDF;

namespace Sensing.Das.Tests.Recordings;

public sealed class FormatTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("das-format-").FullName;

    private string File => Path.Combine(_folder, "file.h5");

    [Fact]
    public void OptoDas_phase_rate_becomes_strain_rate_by_scale_and_sensitivity()
    {
        WrittenFiles.OptoDas(File);
        using Recording recording = RecordingFormats.Open(File);

        Assert.Equal("9", recording.Header.FormatVersion);
        Assert.Equal(DateTimeOffset.FromUnixTimeMilliseconds(1_700_000_000_250), recording.Header.StartTime);
        Assert.Equal(new DasGeometry(3, 0.001, 2 * 1.02, 10 * 1.02, 8.16), recording.Header.Geometry);
        Assert.Equal(7002 * 1.5e-3 / 9.36e6, Value(recording, 7, 2), 1e-13);
    }

    [Theory]
    [InlineData(7)]
    [InlineData(12)]
    public void OptoDas_of_another_version_is_refused_with_the_versions_that_are_read(int version)
    {
        WrittenFiles.OptoDas(File, version);

        AssertError("foreign", $"{File}, /fileVersion: This is an OptoDAS file of version {version}; versions 8 to 11 are read. "
            + "Export the recording with another version of the interrogator's software, or describe its layout in the source's options.");
    }

    [Fact]
    public void OptoDas_reflected_power_is_refused()
    {
        WrittenFiles.OptoDas(File, dataType: 2);

        AssertError("wrong-type", $"{File}, /header/dataType: The file holds reflected power (dataType 2), not phase or strain. "
            + "Name the files from the interrogator's dphi folder.");
    }

    [Fact]
    public void OptoDas_of_an_unknown_unit_is_refused_rather_than_guessed()
    {
        WrittenFiles.OptoDas(File, sensitivityUnit: "rad/furlong");

        RecordingException error = Assert.Throws<RecordingException>(() => RecordingFormats.Open(File));
        Assert.Equal("The unit 'rad/m/s' with a sensitivity in 'rad/furlong' is no strain rate and no strain.", error.Problem);
    }

    [Fact]
    public void OptoDas_with_gaps_between_channels_is_refused()
    {
        WrittenFiles.OptoDas(File, channels: [10, 12, 30]);

        AssertError("incomplete", $"{File}, /header/channels[2]: The channels are not evenly spaced: the recording has several regions of interest. "
            + "Record each region into files of its own.");
    }

    [Theory]
    [InlineData("2.0", false)]
    [InlineData("2.1", false)]
    [InlineData("2.1", true)]
    public void ProdMl_is_read_in_either_order_of_dimensions(string version, bool swapped)
    {
        WrittenFiles.ProdMl(File, version, swapped: swapped);
        using Recording recording = RecordingFormats.Open(File);

        Assert.Equal(version, recording.Header.FormatVersion);
        Assert.Equal(new DasGeometry(3, 0.01, 2, -10, 10), recording.Header.Geometry);
        Assert.Equal(40, recording.Header.Rows);
        Assert.Equal(DateTimeOffset.FromUnixTimeSeconds(1_700_000_000), recording.Header.StartTime);
        Assert.Equal(172e-9, Value(recording, 17, 2), 1e-14);
    }

    [Theory]
    [InlineData("nm/m/s", RecordedQuantity.StrainRate, 1e-9)]
    [InlineData("(nm/m)/s", RecordedQuantity.StrainRate, 1e-9)]
    [InlineData("micro-strain/second", RecordedQuantity.StrainRate, 1e-6)]
    [InlineData("strain/s", RecordedQuantity.StrainRate, 1)]
    [InlineData("nanostrain", RecordedQuantity.Strain, 1e-9)]
    [InlineData("m/m", RecordedQuantity.Strain, 1)]
    public void ProdMl_units_are_understood(string unit, RecordedQuantity quantity, double factor)
    {
        WrittenFiles.ProdMl(File, unit: unit);
        using Recording recording = RecordingFormats.Open(File);

        Assert.Equal(quantity, recording.Header.Quantity);
        Assert.Equal(50 * factor, Value(recording, 5, 0), 50 * factor * 1e-6);
    }

    [Fact]
    public void ProdMl_phase_becomes_strain_by_the_files_own_laser_and_fibre()
    {
        WrittenFiles.ProdMl(File, unit: "rad", custom: new() { ["Laser Wavelength (nm)"] = 1550.0, ["Fibre Refractive Index"] = 1.468 });
        using Recording recording = RecordingFormats.Open(File);

        Assert.Equal(RecordedQuantity.Strain, recording.Header.Quantity);
        Assert.Equal(100 * 1550e-9 / (4 * Math.PI * 1.468 * 10 * 0.78), Value(recording, 10, 0), 1e-12);
    }

    [Fact]
    public void ProdMl_in_a_unit_that_cannot_be_converted_says_what_would_do()
    {
        WrittenFiles.ProdMl(File, unit: "rad");

        AssertError("wrong-type", $"{File}, /Acquisition/Raw[0]@RawDataUnit: The unit 'rad' of 'Somebody' cannot be turned into strain rate with what the file says. "
            + "Describe the file's layout in the source's options, with the scale to strain rate (known units: 1/s, strain/s, (m/m)/s, microstrain/s, "
            + "nanostrain/s, (nm/m)/s, strain, m/m, microstrain, nanostrain, nm/m; rad and rad/s where /Acquisition/Custom tells "
            + "'Laser Wavelength (nm)' and 'Fibre Refractive Index').");
    }

    [Fact]
    public void ProdMl_of_another_version_is_refused()
    {
        WrittenFiles.ProdMl(File, "2.2");

        AssertError("foreign", $"{File}, /Acquisition@schemaVersion: This is a PRODML file of schema version 2.2; versions 2.0 and 2.1 are read. "
            + "Convert it, or describe its layout in the source's options.");
    }

    [Fact]
    public void A_layout_takes_literals_attributes_and_datasets()
    {
        new H5File
        {
            Attributes = { ["rate"] = "250" },
            ["group"] = new H5Group
            {
                ["samples"] = new H5Dataset(new short[,] { { 1, 2, 3, 4 }, { 5, 6, 7, 8 } }) { Attributes = { ["order"] = "distance,time" } },
                ["began"] = new[] { 1_700_000_000_123_456L },
            },
        }.Write(File);
        var layout = new Hdf5Layout
        {
            Dataset = "/group/samples",
            Axes = "/group/samples@order",
            SampleRateHz = "@rate",
            ChannelStepM = "2.5",
            Scale = "1e-8",
            StartTime = "/group/began",
            StartTimeUnitSeconds = 1e-6,
        };
        using Recording recording = RecordingFormats.Open(File, layout);

        Assert.Equal(new DasGeometry(2, 0.004, 2.5, 0), recording.Header.Geometry);
        Assert.Equal(DateTimeOffset.FromUnixTimeSeconds(1_700_000_000).AddMicroseconds(123_456), recording.Header.StartTime);
        Assert.Equal(7e-8, Value(recording, 2, 1), 1e-14);
    }

    [Fact]
    public void A_layout_that_does_not_fit_says_what_is_missing_where()
    {
        new H5File { ["samples"] = new float[4, 4] }.Write(File);
        var layout = new Hdf5Layout { Dataset = "/samples", TimeStepSeconds = "@dt", ChannelStepM = "1", StartTime = "2026-01-01T00:00:00Z" };

        RecordingException error = Assert.Throws<RecordingException>(() => RecordingFormats.Open(File, layout));
        Assert.Equal($"{File}, @dt: The number is missing. Check the file, or describe its layout in the source's options.", error.Message);
    }

    [Fact]
    public void An_unknown_file_is_described_by_its_contents()
    {
        new H5File { Attributes = { ["made_by"] = "me" }, ["temperature"] = new float[4, 4] }.Write(File);

        AssertError("foreign", $"{File}: This HDF5 file is of no known format; it holds /temperature, @made_by. "
            + "Read are OptoDAS 8 to 11, PRODML 2.0 and 2.1, strain-rate file 1; any other two-dimensional dataset with the option 'layout', "
            + "which describes where its values are.");
    }

    [Fact]
    public void A_file_that_is_no_HDF5_says_how_it_begins()
    {
        System.IO.File.WriteAllText(File, "time,ch0,ch1\n0,1,2\n");

        AssertError("foreign", $"{File}: This is no HDF5 file: it begins with 'time,c'. "
            + "Give an HDF5 recording, or name the right source for this file (npy for NumPy files).");
    }

    [Fact]
    public void Values_that_are_no_numbers_are_refused_with_their_type()
    {
        new H5File
        {
            Attributes = { ["dt"] = 0.1, ["dx"] = 1.0, ["start_time"] = "2026-01-01T00:00:00Z" },
            ["strain_rate"] = new string[,] { { "a", "b" }, { "c", "d" } },
        }.Write(File);

        RecordingException error = Assert.Throws<RecordingException>(() => RecordingFormats.Open(File));
        Assert.Equal("wrong-type", error.Code);
        Assert.Contains("not integers or 32- or 64-bit floats", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_section_keeps_its_place_along_the_fibre()
    {
        WrittenFiles.ProdMl(File, channels: 8);
        using Recording recording = RecordingFormats.Open(File).Section(File, -7, -2);

        Assert.Equal(new DasGeometry(3, 0.01, 2, -6, 10), recording.Header.Geometry);
        Assert.Equal(52e-9, Value(recording, 5, 0), 1e-14);
        Assert.Equal(54e-9, Value(recording, 5, 2), 1e-14);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static double Value(Recording recording, long row, int channel)
    {
        var values = new float[recording.Header.Geometry.Channels];
        recording.Read(row, 1, values);
        return values[channel];
    }

    private void AssertError(string code, string message)
    {
        RecordingException error = Assert.Throws<RecordingException>(() => RecordingFormats.Open(File));
        Assert.Equal(code, error.Code);
        Assert.Equal(message, error.Message);
    }
}

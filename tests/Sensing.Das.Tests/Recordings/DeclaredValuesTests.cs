using PureHDF;
using Sensing.Das.Recordings;
using Sensing.Testing;

namespace Sensing.Das.Tests.Recordings;

/// <summary>What a file declares is bounded, and its unit honoured, before a sample of it is used.</summary>
public sealed class DeclaredValuesTests
{
    public static TheoryData<string, object> Refused => new()
    {
        { "@dt", double.PositiveInfinity }, { "@dt", double.NaN }, { "@dt", 1.6 }, { "@dt", 0.0 }, { "@dt", new[] { 0.01, 0.02 } },
        { "@dx", 1e9 }, { "@dx", 5106.5 }, { "@dx", -1.0 },
        { "@start_time", "0001-01-01T00:00:00Z" }, { "@start_time", "9999-12-31T23:59:59Z" }, { "@start_time", "yesterday" },
        { "scale", 0.0 }, { "scale", double.NaN }, { "scale", 1e-60 }, { "scale", new[] { 1.0, 2.0 } },
        { "unit", "m/s" }, { "unit", "bananas" }, { "axes", "up,down" },
    };

    [Theory]
    [MemberData(nameof(Refused))]
    public void A_value_that_cannot_be_is_refused_with_file_and_remedy(string name, object value)
    {
        using var folder = new TemporaryFolder();
        Write(folder["a.h5"], name, value);
        RecordingException error = Assert.Throws<RecordingException>(() => RecordingFormats.OpenHdf5(folder["a.h5"]).Dispose());
        Assert.Equal(folder["a.h5"], error.Input);
        Assert.NotEmpty(error.Remedy);
    }

    [Theory]
    [InlineData("nanostrain/s", 1e-9)]
    [InlineData("microstrain/s", 1e-6)]
    [InlineData("1/s", 1)]
    public void The_unit_of_the_plain_layout_is_honoured(string unit, double factor)
    {
        using var folder = new TemporaryFolder();
        Write(folder["a.h5"], "unit", unit);
        using Recording recording = RecordingFormats.OpenHdf5(folder["a.h5"]);
        var values = new float[3];
        recording.Read(1, 1, values);
        Assert.Equal((float)(11 * factor), values[1], (float)(1e-5 * factor));
    }

    [Fact]
    public void Integers_without_a_scale_are_refused()
    {
        using var folder = new TemporaryFolder();
        Write(folder["a.h5"], "scale", null);
        Assert.Contains("scale", Assert.Throws<RecordingException>(() => RecordingFormats.OpenHdf5(folder["a.h5"]).Dispose()).Position);
    }

    [Fact]
    public void Big_endian_samples_are_refused_rather_than_misread()
    {
        using var folder = new TemporaryFolder();
        Write(folder["a.h5"], "unit", "1/s");
        byte[] bytes = File.ReadAllBytes(folder["a.h5"]);

        // A datatype message: signed whole number of two bytes, 16 bits; its first bit is the order of the bytes.
        int type = bytes.AsSpan().IndexOf(new byte[] { 0x08, 0, 0, 2, 0, 0, 0, 0, 0, 16, 0 });
        bytes[type] = 0x09;
        File.WriteAllBytes(folder["a.h5"], bytes);
        using Recording recording = RecordingFormats.OpenHdf5(folder["a.h5"]);
        Assert.Throws<RecordingException>(() => { recording.Read(1, 1, new float[3]); });
    }

    [Theory]
    [InlineData("TDSm", 0, "an NI TDMS file")]
    [InlineData("\u0044\u0033\u0022\u0011", 0, "a Sintela Onyx binary file")]
    [InlineData("000001D ", 0, "a mini-SEED file")]
    [InlineData("MS\u0003\u0000\u0000\u0000\u0000\u0000", 0, "a mini-SEED file")]
    [InlineData("C 1 CLIENT", 80, "a SEG-Y file")]
    [InlineData("hdf5", 512, "an HDF5 file with a user block of 512 bytes")]
    public void A_known_format_that_is_not_read_is_named(string start, int every, string name)
    {
        using var folder = new TemporaryFolder();
        byte[] bytes = new byte[4096];
        if (start == "hdf5")
        {
            Write(folder["plain.h5"], "unit", "1/s");
            bytes = [.. new byte[every], .. File.ReadAllBytes(folder["plain.h5"])];
        }

        for (int at = 0; start != "hdf5" && at < (every > 0 ? 3200 : 1); at += Math.Max(1, every))
        {
            System.Text.Encoding.Latin1.GetBytes(start, bytes.AsSpan(at));
        }

        File.WriteAllBytes(folder["a.h5"], bytes);
        RecordingException error = Assert.Throws<RecordingException>(() => RecordingFormats.OpenHdf5(folder["a.h5"]).Dispose());
        Assert.Contains(name, error.Problem);
        Assert.Contains("which is not read", error.Problem);
        Assert.NotEmpty(error.Remedy);
    }

    [Fact]
    public void A_link_that_leads_to_itself_is_an_error_and_not_the_end_of_the_process()
    {
        // A file with the soft links /a -> /b and /b -> /a in its root, each asked for as formats do.
        using var folder = new TemporaryFolder();
        File.WriteAllBytes(folder["loop.h5"], SoftLinkLoop.File());
        RecordingException error = Assert.Throws<RecordingException>(() => RecordingFormats.OpenHdf5(folder["loop.h5"]).Dispose());
        Assert.Equal(folder["loop.h5"], error.Input);
    }

    private static void Write(string path, string name, object? value)
    {
        var samples = new short[40, 3];
        for (int r = 0; r < 40; r++)
        {
            for (int c = 0; c < 3; c++)
            {
                samples[r, c] = (short)((10 * r) + c);
            }
        }

        var dataset = new H5Dataset(samples);
        var file = new H5File { ["strain_rate"] = dataset };
        var attributes = new Dictionary<string, object>
        {
            ["@dt"] = 0.01,
            ["@dx"] = 5.0,
            ["@start_time"] = "2026-05-01T08:00:00Z",
            ["scale"] = 1.0,
            ["axes"] = "time,distance",
        };
        if (value is null)
        {
            attributes.Remove(name);
        }
        else
        {
            attributes[name] = value;
        }

        foreach ((string key, object one) in attributes)
        {
            if (key[0] == '@')
            {
                file.Attributes[key[1..]] = one;
            }
            else
            {
                dataset.Attributes[key] = one;
            }
        }

        file.Write(path);
    }
}

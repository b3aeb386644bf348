using Sensing.Das.Recordings.Described;
using Sensing.Das.Recordings.Npy;
using Sensing.Das.Sources;
using Sensing.Das.Synthetic;
using Sensing.Streams;
using Sensing.Testing.Conformance;

namespace Sensing.Das.Tests.Sources;

// One line a source.
public sealed class SyntheticSourceConformance() : SourceConformance<DasBlock>(ConformingSources.Synthetic);

public sealed class OneHdf5FileConformance() : SourceConformance<DasBlock>(ConformingSources.OneHdf5File);

public sealed class SeveralHdf5FilesConformance() : SourceConformance<DasBlock>(ConformingSources.SeveralHdf5Files);

public sealed class DescribedStrainConformance() : SourceConformance<DasBlock>(ConformingSources.DescribedStrain);

public sealed class NpySourceConformance() : SourceConformance<DasBlock>(ConformingSources.Npy);

public sealed class DirectorySourceConformance() : SourceConformance<DasBlock>(ConformingSources.Directory);

/// <summary>Sources on recordings of a synthetic road, 12 channels at 50 Hz.</summary>
internal static class ConformingSources
{
    public const int Rows = 1000;

    public static SyntheticOptions Road { get; } = new() { Channels = 12, SampleRateHz = 50, Seed = 11 };

    public static SourceUnderTest<DasBlock> Synthetic() => Make(
        SourceUnderTest<DasBlock>.NewFolder(), new SyntheticScenario(Road), Rows,
        test => new SyntheticSource(new SyntheticSourceOptions { Channels = 12, SampleRateHz = 50, Seed = 11, DurationSeconds = 20 }, test.Context),
        test => new SyntheticSource(new SyntheticSourceOptions { StartTime = "absent" }, test.Context));

    public static SourceUnderTest<DasBlock> OneHdf5File()
    {
        SourceUnderTest<DasBlock> test = Hdf5("road.h5");
        WriteHdf5(Path.Combine(test.Folder, "road.h5"), 0, Rows);
        return test;
    }

    public static SourceUnderTest<DasBlock> SeveralHdf5Files()
    {
        SourceUnderTest<DasBlock> test = Hdf5("road_*.h5");
        WriteInto(test.Folder, WriteHdf5, ".h5");
        return test;
    }

    public static SourceUnderTest<DasBlock> Npy()
    {
        SourceUnderTest<DasBlock> test = Make(
            SourceUnderTest<DasBlock>.NewFolder(), new SyntheticScenario(Road), Rows,
            t => new FileSource(new NpySourceOptions { Files = ["road_*.npy"], BlockSeconds = 1.7 }, t.Context),
            t => new FileSource(new NpySourceOptions { Files = ["absent.npy"] }, t.Context));
        WriteInto(test.Folder, WriteNpy, ".npy");
        return test;
    }

    public static SourceUnderTest<DasBlock> Directory()
    {
        SourceUnderTest<DasBlock> test = Make(
            SourceUnderTest<DasBlock>.NewFolder(), new SyntheticScenario(Road), Rows,
            t => new DirectorySource(new DirectorySourceOptions { Directory = "." }, t.Context),
            t => new DirectorySource(new DirectorySourceOptions { Directory = "absent" }, t.Context));
        WriteInto(System.IO.Directory.CreateDirectory(Path.Combine(test.Folder, "20260101")).FullName, WriteHdf5, ".h5");
        return test;
    }

    /// <summary>Files of strain whose differences are the road's strain rate, up to the rounding of 32-bit floats.</summary>
    public static SourceUnderTest<DasBlock> DescribedStrain()
    {
        var road = new SyntheticScenario(Road);
        string folder = SourceUnderTest<DasBlock>.NewFolder();
        using DasBlock rates = road.Read(0, Rows);
        double[] strain = new double[Road.Channels];
        int written = -1;
        foreach ((string name, int rows) in new[] { ("strain_1.h5", 401), ("strain_2.h5", 600) })
        {
            // The recording begins a sample before the road's first: that one has no rate of its own.
            using var writer = new Hdf5RecordingWriter(
                Path.Combine(folder, name), road.Geometry, road.Epoch.AddSeconds(written * 0.02), rows);
            using var block = new DasBlock(road.Geometry, road.Epoch, 0, rows);
            for (int r = 0; r < rows; r++, written++)
            {
                for (int c = 0; c < strain.Length; c++)
                {
                    strain[c] += written < 0 ? 0 : rates.Row(written)[c] * 0.02;
                    block.Row(r)[c] = (float)strain[c];
                }
            }

            writer.Append(block);
            writer.Complete();
        }

        Hdf5Layout layout = Hdf5Layout.StrainRateFile with { Quantity = Das.Recordings.RecordedQuantity.Strain };
        return Make(
            folder, road, Rows,
            t => new FileSource(new Hdf5SourceOptions { Files = ["strain_*.h5"], Layout = layout, BlockSeconds = 0.9 }, t.Context),
            t => new FileSource(new Hdf5SourceOptions { Files = ["absent.h5"], Layout = layout }, t.Context),
            tolerance: 0.02);
    }

    public static void WriteHdf5(string path, int first, int rows)
    {
        var road = new SyntheticScenario(Road);
        using DasBlock block = road.Read(first, rows);
        using var writer = new Hdf5RecordingWriter(path, road.Geometry, block.Time, rows);
        writer.Append(block);
        writer.Complete();
    }

    public static void WriteNpy(string path, int first, int rows)
    {
        var road = new SyntheticScenario(Road);
        using DasBlock block = road.Read(first, rows);
        using var writer = new NpyRecordingWriter(path, road.Geometry, block.Time);
        writer.Append(block);
        writer.Complete();
    }

    private static SourceUnderTest<DasBlock> Hdf5(string files) => Make(
        SourceUnderTest<DasBlock>.NewFolder(), new SyntheticScenario(Road), Rows,
        test => new FileSource(new Hdf5SourceOptions { Files = [files], BlockSeconds = 1.3 }, test.Context),
        test => new FileSource(new Hdf5SourceOptions { Files = ["absent.h5"] }, test.Context));

    private static SourceUnderTest<DasBlock> Make(
        string folder, SyntheticScenario road, int rows, Func<SourceUnderTest<DasBlock>, ISource<DasBlock>> open,
        Func<SourceUnderTest<DasBlock>, ISource<DasBlock>> absent, double tolerance = 0)
    {
        using DasBlock expected = road.Read(0, rows);
        return new SourceUnderTest<DasBlock>(folder)
        {
            Open = open,
            OpenAbsent = absent,
            Readings = RowsOf,
            Expected = [.. RowsOf(expected)],
            Tolerance = tolerance * road.WhiteNoise,
        };

        static IEnumerable<TimedValues> RowsOf(DasBlock block) => Enumerable.Range(0, block.Rows)
            .Select(row => new TimedValues(block.TimeOf(row), Array.ConvertAll(block.Row(row).ToArray(), value => (double)value))).ToArray();
    }

    private static void WriteInto(string folder, Action<string, int, int> write, string ending)
    {
        for (int first = 0; first < Rows; first += 250)
        {
            write(Path.Combine(folder, $"road_{first:0000}{ending}"), first, 250);
        }
    }
}

using PureHDF;

namespace Sensing.Das.Tests.Recordings;

/// <summary>Writes files in the instruments' formats, with what tests need in them.</summary>
internal static class WrittenFiles
{
    /// <summary>PRODML: value of row r, channel c is r × 10 + c (in its unit), row r at start + 10 ms × r.</summary>
    public static void ProdMl(
        string path, string version = "2.1", string unit = "nm/m/s", bool swapped = false, int rows = 40, int channels = 3,
        long[]? micros = null, Dictionary<string, object>? custom = null)
    {
        var values = new float[swapped ? channels : rows, swapped ? rows : channels];
        for (int r = 0; r < rows; r++)
        {
            for (int c = 0; c < channels; c++)
            {
                values[swapped ? c : r, swapped ? r : c] = (r * 10) + c;
            }
        }

        var customGroup = new H5Group();
        foreach ((string name, object value) in custom ?? [])
        {
            customGroup.Attributes[name] = value;
        }

        bool old = version == "2.0";
        new H5File
        {
            ["Acquisition"] = new H5Group
            {
                Attributes =
                {
                    ["schemaVersion"] = version,
                    ["NumberOfLoci"] = channels,
                    ["GaugeLength"] = 10.0,
                    [old ? "GaugeLengthUnit" : "GaugeLength.uom"] = "m",
                    ["SpatialSamplingInterval"] = 200.0,
                    [old ? "SpatialSamplingIntervalUnit" : "SpatialSamplingInterval.uom"] = "cm",
                    ["StartLocusIndex"] = -5,
                    ["VendorCode"] = "Somebody",
                },
                ["Custom"] = customGroup,
                ["Raw[0]"] = new H5Group
                {
                    Attributes = { ["OutputDataRate"] = 100f, ["RawDataUnit"] = unit },
                    ["RawData"] = new H5Dataset(values)
                    {
                        Attributes = { ["Dimensions"] = swapped ? new[] { "locus", "time" } : ["time", "locus"] },
                    },
                    ["RawDataTime"] = micros ?? [.. Enumerable.Range(0, rows).Select(r => 1_700_000_000_000_000L + (r * 10_000L))],
                },
            },
        }.Write(path);
    }

    /// <summary>OptoDAS of raw phase rate: value of row r, channel c is 1000 × r + c.</summary>
    public static void OptoDas(string path, int version = 9, int dataType = 3, int[]? channels = null, string sensitivityUnit = "rad/(m*strain)")
    {
        channels ??= [10, 12, 14];
        var data = new int[20, channels.Length];
        for (int r = 0; r < 20; r++)
        {
            for (int c = 0; c < channels.Length; c++)
            {
                data[r, c] = (1000 * r) + c;
            }
        }

        new H5File
        {
            ["acqSpec"] = new H5Group(),
            ["cableSpec"] = new H5Group(),
            ["fileVersion"] = version,
            ["data"] = data,
            ["header"] = new H5Group
            {
                ["dt"] = 0.001,
                ["dx"] = 1.02,
                ["gaugeLength"] = 8.16,
                ["time"] = 1_700_000_000.25,
                ["channels"] = channels,
                ["dataScale"] = 1.5e-3,
                ["dataType"] = dataType,
                ["unit"] = "rad/m/s",
                ["sensitivities"] = new double[,] { { 9.36e6 } },
                ["sensitivityUnits"] = new[] { sensitivityUnit },
                ["dimensionNames"] = new[] { "time", "distance" },
            },
        }.Write(path);
    }
}

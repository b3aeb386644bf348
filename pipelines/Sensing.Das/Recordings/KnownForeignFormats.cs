using Sensing.Das.Recordings.Hdf5;

namespace Sensing.Das.Recordings;

/// <summary>Formats that are recognised, so that an error can name them, but not read.</summary>
internal static class KnownForeignFormats
{
    private static readonly (string Name, Func<Hdf5File, bool> Is)[] Formats =
    [
        ("Silixa iDAS HDF5", file => file.Has("/Acoustic@SamplingFrequency[Hz]")),
        ("Neubrex HDF5", file => file.Has("/Acoustic@TimeSamplingInterval(seconds)")),
        ("AP Sensing HDF5", file => file.Has("/DAS") && file.Has("/ProcessingServer") && file.Has("/Metadata")),
        ("Terra15 Treble HDF5", file => file.Has("@data_product") && file.Has("/data_product/data")),
        ("Febus A1 HDF5", file => file.Root.Children().Any(c => file.Has($"/{c.Name}/Source1/time"))),
        ("DAS-RCN miniDAS HDF5", file => file.Has("/traces") && file.Has("@DASFileVersion")),
    ];

    /// <summary>The format's name; null for a file that nobody knows.</summary>
    public static string? NameOf(Hdf5File file) => Formats.FirstOrDefault(f => f.Is(file)).Name;
}

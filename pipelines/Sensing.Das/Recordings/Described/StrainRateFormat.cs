using Sensing.Das.Recordings.Hdf5;

namespace Sensing.Das.Recordings.Described;

/// <summary>The plain layout that this product writes: <c>/strain_rate</c> with <c>axes</c> and <c>scale</c>; <c>dt</c>,
/// <c>dx</c>, <c>start_time</c> on the root.</summary>
internal sealed class StrainRateFormat : IRecordingFormat
{
    public string Name => "strain-rate file";

    public string Versions => "1";

    public string? Recognise(Hdf5File file) =>
        file.Has("/strain_rate") && file.Has("@dt") && file.Has("@dx") && file.Has("@start_time") ? Versions : null;

    public Recording Open(Hdf5File file, string version)
    {
        Hdf5Layout layout = Hdf5Layout.StrainRateFile;
        return DescribedRecording.Open(
            file,
            layout with
            {
                Axes = file.Has(layout.Axes) ? layout.Axes : "time,distance",
                Scale = file.Has(layout.Scale) ? layout.Scale : "1",
            },
            Name, version);
    }
}

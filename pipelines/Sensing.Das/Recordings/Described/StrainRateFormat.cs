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
        const string Unit = "/strain_rate@unit";
        if (!file.Has(layout.Scale) && file.Matrix(layout.Dataset).Type.Class == PureHDF.H5DataTypeClass.FixedPoint)
        {
            // Floats may be strain rate as they are; whole numbers are counts of something.
            throw new RecordingException(
                "incomplete", file.Path, layout.Scale, "The samples are integers, and the factor that makes them strain rate is missing.",
                "Write the attribute 'scale' to the dataset, or give it in the source's option 'layout'.");
        }

        return DescribedRecording.Open(
            file,
            layout with
            {
                Axes = file.Has(layout.Axes) ? layout.Axes : "time,distance",
                Scale = file.Has(layout.Scale) ? layout.Scale : "1",
                Unit = file.Has(Unit) ? Unit : null,
            },
            Name, version);
    }
}

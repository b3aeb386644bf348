using Sensing.Das.Recordings.Hdf5;

namespace Sensing.Das.Recordings.ProdMl;

/// <summary>PRODML DAS exchange HDF5 (Energistics), schema versions 2.0 and 2.1: the first raw dataset.</summary>
internal sealed class ProdMlFormat : IRecordingFormat
{
    private const string Raw = "/Acquisition/Raw[0]";

    public string Name => "PRODML";

    public string Versions => "2.0 and 2.1";

    public string? Recognise(Hdf5File file) =>
        file.Has("/Acquisition@schemaVersion") && file.Has("/Acquisition@NumberOfLoci") ? file.Text("/Acquisition@schemaVersion") : null;

    public Recording Open(Hdf5File file, string version)
    {
        if (version is not ("2.0" or "2.1"))
        {
            throw new RecordingException(
                "foreign", file.Path, "/Acquisition@schemaVersion", $"This is a PRODML file of schema version {version}; versions {Versions} are read.",
                "Convert it, or describe its layout in the source's options.");
        }

        if (!file.Has(Raw + "/RawData"))
        {
            throw file.Missing(Raw + "/RawData", "raw dataset (files with processed bands alone are not read)");
        }

        IReadOnlyList<string> dimensions = file.Texts(Raw + "/RawData@Dimensions") ?? ["time", "locus"];
        bool timeFirst = dimensions[0] == "time";
        var samples = new Hdf5Samples(file, Raw + "/RawData", timeFirst);
        double rate = file.Number(Raw + "@OutputDataRate");
        double step = Metres(file, "/Acquisition@SpatialSamplingInterval");
        double gauge = Metres(file, "/Acquisition@GaugeLength");
        double firstLocus = file.OptionalNumber(Raw + "@StartLocusIndex") ?? file.OptionalNumber("/Acquisition@StartLocusIndex") ?? 0;
        (double factor, RecordedQuantity quantity, string conversion) = ProdMlUnit.Conversion(file, Raw, rate, gauge);
        ProdMlTimes? times = file.Has(Raw + "/RawDataTime") ? new ProdMlTimes(file, Raw + "/RawDataTime", samples.Rows) : null;
        return new Recording(
            new RecordingHeader
            {
                Format = Name,
                FormatVersion = version,
                Geometry = new DasGeometry(samples.Channels, 1 / rate, step, firstLocus * step, gauge),
                StartTime = times?.First ?? StartTime(file),
                Rows = samples.Rows,
                Quantity = quantity,
                Conversion = conversion,
            },
            samples, [(float)factor], times)
        {
            Remarks = file.Has("/Acquisition/Raw[1]") ? ["The file holds several raw datasets; Raw[0] is read."] : [],
        };
    }

    private static DateTimeOffset StartTime(Hdf5File file)
    {
        string path = file.Has(Raw + "/RawData@PartStartTime") ? Raw + "/RawData@PartStartTime" : "/Acquisition@MeasurementStartTime";
        string text = file.Text(path);
        return RecordingTime.Parse(text) ?? throw new RecordingException(
            "wrong-type", file.Path, path, $"'{text}' is no ISO 8601 time.", "Correct the attribute.");
    }

    /// <summary>A length in metres: 2.0 names the unit in <c>…Unit</c>, 2.1 in <c>….uom</c>.</summary>
    private static double Metres(Hdf5File file, string path)
    {
        double value = file.Number(path);
        string unit = file.OptionalText(path + "Unit") ?? file.OptionalText(path + ".uom") ?? "m";
        return unit switch
        {
            "m" => value,
            "cm" => value / 100,
            "km" => value * 1000,
            "ft" => value * 0.3048,
            _ => throw new RecordingException("wrong-type", file.Path, path, $"The unit '{unit}' is not known.", "Known units are m, cm, km and ft."),
        };
    }
}

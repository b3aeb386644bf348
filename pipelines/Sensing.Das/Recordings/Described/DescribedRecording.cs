using System.Globalization;
using Sensing.Das.Recordings.Hdf5;

namespace Sensing.Das.Recordings.Described;

/// <summary>Opens an HDF5 file by a description of its layout.</summary>
internal static class DescribedRecording
{
    /// <summary>The recording; it owns the file.</summary>
    /// <exception cref="RecordingException">The file does not have what the layout says.</exception>
    public static Recording Open(Hdf5File file, Hdf5Layout layout, string formatName, string version)
    {
        string axes = IsPlace(layout.Axes) ? file.Text(layout.Axes) : layout.Axes;
        bool timeFirst = axes.Replace(" ", "", StringComparison.Ordinal).ToLowerInvariant() switch
        {
            "time,distance" or "time,channel" or "time,locus" => true,
            "distance,time" or "channel,time" or "locus,time" => false,
            _ => throw new RecordingException(
                "wrong-type", file.Path, layout.Axes, $"The axes are '{axes}', neither 'time,distance' nor 'distance,time'.",
                "Give the order of the dataset's dimensions in the layout."),
        };
        var samples = new Hdf5Samples(file, layout.Dataset, timeFirst);
        double timeStep = layout.TimeStepSeconds is { } step ? Positive(file, step) : 1 / Positive(file, layout.SampleRateHz!);
        double scale = Number(file, layout.Scale, null);
        (RecordedQuantity quantity, double factor, string unit) = Unit(file, layout);
        return new Recording(
            new RecordingHeader
            {
                Format = formatName,
                FormatVersion = version,
                Geometry = new DasGeometry(
                    samples.Channels, timeStep, Positive(file, layout.ChannelStepM), Number(file, layout.FirstChannelM, 0), Number(file, layout.GaugeLengthM, 0)),
                StartTime = Start(file, layout),
                Rows = samples.Rows,
                Quantity = quantity,
                Conversion = FormattableString.Invariant(
                    $"{layout.Dataset} × {scale:G9}{unit} → {(quantity == RecordedQuantity.Strain ? "strain" : "1/s")}"),
            },
            samples, [RecordingBounds.Factor(file.Path, layout.Scale, scale * factor)]);
    }

    /// <summary>What the scaled numbers are, by the unit that the layout gives or the file names.</summary>
    private static (RecordedQuantity Quantity, double Factor, string Shown) Unit(Hdf5File file, Hdf5Layout layout)
    {
        if (layout.Unit is not { } place)
        {
            return (layout.Quantity, 1, "");
        }

        string name = IsPlace(place) ? file.Text(place) : place;
        SampleUnit unit = SampleUnit.Of(name) ?? throw new RecordingException(
            "wrong-type", file.Path, place, $"The unit '{name}' is neither strain nor strain rate.",
            $"Correct the attribute, or give 'unit' and 'scale' in the source's option 'layout' (known units: {SampleUnit.Known}).");
        return (unit.Quantity, unit.Factor, FormattableString.Invariant($" {name} × {unit.Factor:G6}"));
    }

    private static bool IsPlace(string value) => value.StartsWith('/') || value.StartsWith('@');

    private static double Positive(Hdf5File file, string value) => Number(file, value, null) is > 0 and var number
        ? number
        : throw new RecordingException("wrong-type", file.Path, value, "A number above 0 is expected.", "Check the layout, or correct the file.");

    /// <summary>A number, or what lies at the place it names; there, <paramref name="otherwise"/> stands for nothing at all.</summary>
    private static double Number(Hdf5File file, string value, double? otherwise)
    {
        if (!IsPlace(value))
        {
            return double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out double number)
                ? number
                : throw new RecordingException(
                    "wrong-type", file.Path, null, $"The layout's '{value}' is neither a number nor a place in the file.",
                    "Places begin with '/' or '@'.");
        }

        return file.OptionalNumber(value) ?? otherwise ?? throw file.Missing(value, "number");
    }

    private static DateTimeOffset Start(Hdf5File file, Hdf5Layout layout)
    {
        string text = IsPlace(layout.StartTime) ? file.Text(layout.StartTime) : layout.StartTime;
        return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number)
            ? RecordingTime.FromUnix(number, layout.StartTimeUnitSeconds)
            : RecordingTime.Parse(text) ?? throw new RecordingException(
                "wrong-type", file.Path, layout.StartTime, $"'{text}' is neither an ISO 8601 time nor a number.", "Check the layout, or correct the file.");
    }
}

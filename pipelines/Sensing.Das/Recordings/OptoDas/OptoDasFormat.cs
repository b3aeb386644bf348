using Sensing.Das.Recordings.Hdf5;

namespace Sensing.Das.Recordings.OptoDas;

/// <summary>ASN OptoDAS HDF5, file versions 8 to 11.</summary>
/// <remarks>
/// Strain rate = data × dataScale ÷ sensitivity, where the data are a phase rate per distance (rad/m/s) and the sensitivity
/// is in rad/(m·strain); the integrator's processed files hold strain rate already, with a sensitivity of 1.
/// </remarks>
internal sealed class OptoDasFormat : IRecordingFormat
{
    private const int OldestVersion = 8;
    private const int NewestVersion = 11;

    public string Name => "OptoDAS";

    public string Versions => "8 to 11";

    public string? Recognise(Hdf5File file) =>
        file.Has("/acqSpec") && file.Has("/header") && file.Has("/cableSpec") && file.Has("/data") && file.Has("/fileVersion")
            ? file.Text("/fileVersion")
            : null;

    public Recording Open(Hdf5File file, string version)
    {
        double number = file.Number("/fileVersion");
        if (number is < OldestVersion or > NewestVersion)
        {
            throw new RecordingException(
                "foreign", file.Path, "/fileVersion", $"This is an OptoDAS file of version {version}; versions {Versions} are read.",
                "Export the recording with another version of the interrogator's software, or describe its layout in the source's options.");
        }

        if (file.OptionalNumber("/header/dataType") is 2)
        {
            throw new RecordingException(
                "wrong-type", file.Path, "/header/dataType", "The file holds reflected power (dataType 2), not phase or strain.",
                "Name the files from the interrogator's dphi folder.");
        }

        IReadOnlyList<string>? names = file.Texts("/header/dimensionNames");
        bool timeFirst = names is not { Count: 2 } || names[0] == "time";
        var samples = new Hdf5Samples(file, "/data", timeFirst);
        (float[] factors, RecordedQuantity quantity, string conversion) = Conversion(file, samples.Channels);
        (double first, double step) = Positions(file, samples.Channels);
        double missing = file.Has("/header/missingSamples") ? file.Numbers("/header/missingSamples").Length : 0;
        return new Recording(
            new RecordingHeader
            {
                Format = Name,
                FormatVersion = version,
                Geometry = new DasGeometry(samples.Channels, file.Number("/header/dt"), step, first, file.OptionalNumber("/header/gaugeLength") ?? 0),
                StartTime = RecordingTime.FromUnix(file.Number("/header/time"), 1),
                Rows = samples.Rows,
                Quantity = quantity,
                Conversion = conversion,
            },
            samples, factors)
        {
            Remarks = missing > 0 ? [$"The interrogator says that it missed {missing} samples (/header/missingSamples)."] : [],
        };
    }

    private static (float[] Factors, RecordedQuantity Quantity, string Conversion) Conversion(Hdf5File file, int channels)
    {
        double scale = file.OptionalNumber("/header/dataScale") ?? 1;
        double[] sensitivities = file.Has("/header/sensitivities") ? file.Numbers("/header/sensitivities") : [file.OptionalNumber("/header/sensitivity") ?? 1];
        string sensitivityUnit = file.OptionalText("/header/sensitivityUnits") ?? file.OptionalText("/header/sensitivityUnit") ?? "";
        string unit = file.Text("/header/unit");
        string? strain = SampleUnit.Plain(sensitivityUnit) == OptoDasUnit.Sensitivity ? OptoDasUnit.PerSensitivity(unit) : null;
        string converted = strain ?? (sensitivityUnit.Trim().Length == 0 && sensitivities.All(s => s == 1) ? unit : $"({unit}) / ({sensitivityUnit})");
        SampleUnit known = SampleUnit.Of(converted) ?? throw new RecordingException(
            "wrong-type", file.Path, "/header/unit",
            $"The unit '{unit}' with a sensitivity in '{sensitivityUnit}' is no strain rate and no strain.",
            $"Describe the file's layout in the source's options, with the scale to strain rate (known units: rad/m/s, {SampleUnit.Known}).");

        // Sensitivities lie in rows of one value, or of one a channel; the first row is the data's.
        double[] row = sensitivities.Length >= channels ? sensitivities[..channels] : sensitivities[..1];
        if (row.Any(s => s == 0 || !double.IsFinite(s)))
        {
            throw new RecordingException("wrong-type", file.Path, "/header/sensitivities", "A sensitivity is zero or not a number.", "Check the file.");
        }

        return ([.. row.Select(s => (float)(scale / s * known.Factor))], known.Quantity,
            FormattableString.Invariant($"data × {scale:G6} ÷ {row[0]:G6} {sensitivityUnit} → {(known.Quantity == RecordedQuantity.Strain ? "strain" : "1/s")}"));
    }

    /// <summary>Distance of the first channel and from channel to channel. <c>dx</c> is the step before channels were left out.</summary>
    private static (double First, double Step) Positions(Hdf5File file, int channels)
    {
        double dx = file.Number("/header/dx");
        if (!file.Has("/header/channels"))
        {
            return (0, dx);
        }

        double[] numbers = file.Numbers("/header/channels");
        double step = numbers.Length > 1 ? numbers[1] - numbers[0] : 1;
        if (numbers.Length != channels || step <= 0)
        {
            throw new RecordingException(
                "incomplete", file.Path, "/header/channels", $"There are {numbers.Length} channel numbers for {channels} channels, or they do not rise.",
                "Check the file.");
        }

        for (int i = 1; i < numbers.Length; i++)
        {
            if (numbers[i] - numbers[i - 1] != step)
            {
                throw new RecordingException(
                    "incomplete", file.Path, $"/header/channels[{i}]", "The channels are not evenly spaced: the recording has several regions of interest.",
                    "Record each region into files of its own.");
            }
        }

        return (numbers[0] * dx, step * dx);
    }
}

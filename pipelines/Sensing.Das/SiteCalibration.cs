using System.Text.Json;
using System.Text.Json.Serialization;
using Sensing.Das.Classify;
using Sensing.Das.Condition;

namespace Sensing.Das;

/// <summary>What a calibration has found out about a site: kept in a file beside the configuration.</summary>
public sealed record SiteCalibration
{
    /// <summary>Distance of the first position and from position to position, m: the delays hold for these alone.</summary>
    public required double FirstM { get; init; }

    public required double StepM { get; init; }

    /// <summary>How much later than a straight line each position sees a vehicle, s, by direction.</summary>
    public required IReadOnlyList<double> DelaysIncreasingSeconds { get; init; }

    public required IReadOnlyList<double> DelaysDecreasingSeconds { get; init; }

    /// <summary>How small and large vehicles differ; null where there were too few vehicles.</summary>
    public ClassModel? Classes { get; init; }

    /// <summary>Vehicles that the calibration stands on.</summary>
    public int Vehicles { get; init; }

    public string ToJson() => JsonSerializer.Serialize(this, SiteCalibrationJson.Default.SiteCalibration);

    /// <exception cref="JsonException">The text is no calibration.</exception>
    public static SiteCalibration Parse(string json)
    {
        SiteCalibration calibration = JsonSerializer.Deserialize(json, SiteCalibrationJson.Default.SiteCalibration) ?? throw new JsonException("The calibration is null.");
        return calibration.Problem() is { } problem ? throw new JsonException(problem) : calibration;
    }

    /// <summary>The calibration that the options name; null where they name none.</summary>
    /// <param name="options">The chain's options.</param>
    /// <param name="baseDirectory">Folder that a relative path starts from.</param>
    /// <exception cref="InvalidDataException">The file cannot be read, or is no calibration.</exception>
    public static SiteCalibration? Load(DasOptions options, string baseDirectory)
    {
        if (options.CalibrationFile is not { } file)
        {
            return null;
        }

        string path = Path.GetFullPath(file, baseDirectory);
        try
        {
            return Parse(File.ReadAllText(path));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or JsonException)
        {
            throw new InvalidDataException($"{path}: the site's calibration cannot be read: {error.Message} Make it anew with the calibration command.", error);
        }
    }

    /// <summary>What a hand or a cut file has spoilt; null for nothing.</summary>
    private string? Problem()
    {
        if (DelaysIncreasingSeconds.Count != DelaysDecreasingSeconds.Count)
        {
            return $"There are {DelaysIncreasingSeconds.Count} delays in one direction and {DelaysDecreasingSeconds.Count} in the other.";
        }

        if (Classes is not { Mixture: var m })
        {
            return null;
        }

        bool two = new[] { m.LowerMean, m.LowerDeviation, m.UpperMean, m.UpperDeviation }.All(values => values.Count == 2 && values.All(double.IsFinite));
        return !two ? "The classes' means and deviations must be two finite numbers each."
            : !m.LowerDeviation.Concat(m.UpperDeviation).All(d => d > 0) || m.UpperShare is not (> 0 and < 1) || m.UpperMean[0] <= m.LowerMean[0] || Classes.RailAmplitude <= 0
                ? "The classes' deviations must be above 0, the share between 0 and 1, the upper mean above the lower, and a rail amplitude above 0." : null;
    }

    internal bool Fits(FibreLayout layout) => layout.Positions == DelaysIncreasingSeconds.Count
        && Math.Abs(layout.FirstM - FirstM) < 0.01 && Math.Abs(layout.StepM - StepM) < 0.001;
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true, RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(SiteCalibration))]
internal sealed partial class SiteCalibrationJson : JsonSerializerContext;

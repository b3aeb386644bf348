using Sensing.Das.Classify;
using Sensing.Das.Condition;

namespace Sensing.Das;

/// <summary>Makes a site's calibration from a recording: position delays and the classes' mixture.</summary>
public static class SiteCalibrator
{
    /// <summary>Runs the chain over samples and keeps what it has learnt; without classes where the vehicles do not tell them.</summary>
    /// <param name="options">The chain's options; a calibration that they name is not used.</param>
    /// <param name="blocks">Samples; disposed here.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <exception cref="CalibrationException">The samples hold no row.</exception>
    public static async Task<SiteCalibration> RunAsync(DasOptions options, IAsyncEnumerable<DasBlock> blocks, CancellationToken cancellation)
    {
        using var survey = new SiteSurvey(options);
        await foreach (DasBlock block in blocks.WithCancellation(cancellation))
        {
            using (block)
            {
                survey.Add(block);
            }
        }

        survey.Complete();
        ClassModel? classes = null;
        try
        {
            classes = ClassCalibration.FromSite(survey.Vehicles);
        }
        catch (CalibrationException)
        {
            // The delays alone are worth having; the chain goes on learning the classes itself.
        }

        return survey.Calibrate(classes);
    }

    /// <summary>A calibration of known classes alone, without delays.</summary>
    public static SiteCalibration Of(DasOptions options, DasGeometry geometry, ClassModel classes)
    {
        var layout = new FibreLayout(geometry, options);
        return new SiteCalibration
        {
            FirstM = layout.FirstM,
            StepM = layout.StepM,
            DelaysIncreasingSeconds = new double[layout.Positions],
            DelaysDecreasingSeconds = new double[layout.Positions],
            Classes = classes,
        };
    }
}

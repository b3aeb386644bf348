using Sensing.Configuration;

namespace Sensing.Vision.Sources;

/// <summary>What all live cameras have in common.</summary>
public abstract record LiveCameraOptions : CameraOptions, ICheckedOptions
{
    [Option("Time without a picture after which the camera counts as lost, s: it is reported once, then opened again until it is back. Opening it must also succeed within this time.", Min = 0.5, Max = 3600)]
    public double TimeoutSeconds { get; init; } = 10;

    [Option("Wait before a lost camera is opened again, s; it doubles with each failure in a row, and varies by a quarter so that the cameras of a site do not all retry at once.", Min = 0.1, Max = 3600)]
    public double RetrySeconds { get; init; } = 1;

    [Option("Longest wait before a lost camera is opened again, s.", Min = 0.1, Max = 3600)]
    public double MaxRetrySeconds { get; init; } = 60;

    public virtual IEnumerable<ConfigurationProblem> Check()
    {
        if (RetrySeconds > MaxRetrySeconds)
        {
            yield return new ConfigurationProblem("maxRetrySeconds", $"must not be below retrySeconds ({RetrySeconds})");
        }
    }
}

using Sensing.Configuration;

namespace Sensing.Drones;

/// <summary>The inference endpoint in the cloud.</summary>
public sealed record DroneCloudOptions : ICheckedOptions
{
    [Option("Address of an endpoint of KServe v2 with a model for each task, as 'cloud-inference' serves it.",
        Required = true, Min = 1, Example = "\"http://cloud:8080\"")]
    public string Url { get; init; } = "";

    [Option("Calls at a time; more wait their turn.", Min = 1, Max = 256)]
    public int Concurrency { get; init; } = 8;

    [Option("Width of the JPEG that is sent, pixels; narrower frames are sent as they are.", Min = 64, Max = 4096)]
    public int JpegWidth { get; init; } = 512;

    [Option("How long calls are held back once half of them have failed, s.", Min = 0.5, Max = 600)]
    public double HoldBackSeconds { get; init; } = 2;

    public IEnumerable<ConfigurationProblem> Check()
    {
        if (!Uri.TryCreate(Url, UriKind.Absolute, out Uri? address) || address.Scheme is not ("http" or "https"))
        {
            yield return new ConfigurationProblem("url", $"'{Url}' is not an address that begins with http:// or https://");
        }
    }
}

using Sensing.Configuration;

namespace Sensing.CloudIngest.Configuration;

/// <summary>How this process tells how it is.</summary>
public sealed record TelemetryOptions : ICheckedOptions
{
    [Option("Serves metrics in Prometheus' text format as /metrics of http.address. Where http.apiKeyFile is given a scrape needs a key too.")]
    public bool Prometheus { get; init; } = true;

    [Option("Lets /metrics be read without a key from this machine itself. Not behind a proxy on this machine: everybody would come from here.")]
    public bool OpenOnLoopback { get; init; }

    [Option("OTLP receiver that metrics are sent to, e.g. http://127.0.0.1:4317; none: not sent.")]
    public string? OtlpEndpoint { get; init; }

    [Option("Protocol of the OTLP receiver.")]
    public OtlpProtocol OtlpProtocol { get; init; } = OtlpProtocol.Grpc;

    [Option("Time between two sendings to the OTLP receiver, s.", Min = 1, Max = 3600)]
    public int OtlpSeconds { get; init; } = 30;

    public IEnumerable<ConfigurationProblem> Check()
    {
        if (OtlpEndpoint is { } endpoint && (!Uri.TryCreate(endpoint, UriKind.Absolute, out Uri? uri) || uri.Scheme is not ("http" or "https")))
        {
            yield return new ConfigurationProblem("otlpEndpoint", $"'{endpoint}' is no address of a receiver: it looks like http://127.0.0.1:4317");
        }
    }
}

using Sensing.Configuration;

namespace Sensing.CloudIngest.Configuration;

/// <summary>Metrics of this process.</summary>
public sealed record TelemetryOptions : ICheckedOptions
{
    [Option("Serves metrics in Prometheus' text format as /metrics of http.address. With http.apiKeyFile, a scrape needs a key too.")]
    public bool Prometheus { get; init; } = true;

    [Option("Allows reading /metrics without a key from this machine. Do not use it behind a proxy on this machine, where all requests are local.")]
    public bool OpenOnLoopback { get; init; }

    [Option("OTLP receiver that metrics are sent to, e.g. http://127.0.0.1:4317; none: not sent.")]
    public string? OtlpEndpoint { get; init; }

    [Option("Protocol of the OTLP receiver.")]
    public OtlpProtocol OtlpProtocol { get; init; } = OtlpProtocol.Grpc;

    [Option("Interval between exports to the OTLP receiver, s.", Min = 1, Max = 3600)]
    public int OtlpSeconds { get; init; } = 30;

    public IEnumerable<ConfigurationProblem> Check()
    {
        if (OtlpEndpoint is { } endpoint && (!Uri.TryCreate(endpoint, UriKind.Absolute, out Uri? uri) || uri.Scheme is not ("http" or "https")))
        {
            yield return new ConfigurationProblem("otlpEndpoint", $"'{endpoint}' is not the address of a receiver: it must look like http://127.0.0.1:4317");
        }
    }
}

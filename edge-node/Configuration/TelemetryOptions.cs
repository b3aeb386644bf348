using System.Net;
using Sensing.Configuration;

namespace Sensing.EdgeNode.Configuration;

/// <summary>Metrics of the node. Off unless asked for: a node in the field has little memory, and its status tells the most of it.</summary>
public sealed record TelemetryOptions : ICheckedOptions
{
    [Option("Serves metrics in Prometheus' text format at http://ADDRESS:PORT/metrics.")]
    public bool Prometheus { get; init; }

    [Option("IP address to serve metrics on. They are served unencrypted and without a key, so an address beyond loopback requires allowRemote.")]
    public string Address { get; init; } = "127.0.0.1";

    [Option("TCP port to serve metrics on.", Min = 1, Max = 65_535)]
    public int Port { get; init; } = 9464;

    [Option("Allows everyone who can reach the address to read the metrics.")]
    public bool AllowRemote { get; init; }

    [Option("OTLP receiver that metrics are sent to, e.g. http://127.0.0.1:4317; none: not sent.")]
    public string? OtlpEndpoint { get; init; }

    [Option("Protocol of the OTLP receiver. With httpProtobuf the endpoint is a whole address, e.g. http://127.0.0.1:4318/v1/metrics.")]
    public OtlpProtocol OtlpProtocol { get; init; } = OtlpProtocol.Grpc;

    [Option("Interval between exports to the OTLP receiver, s.", Min = 1, Max = 3600)]
    public int OtlpSeconds { get; init; } = 60;

    public IEnumerable<ConfigurationProblem> Check()
    {
        if (!IPAddress.TryParse(Address, out IPAddress? address))
        {
            yield return new ConfigurationProblem("address", $"'{Address}' is not an IP address: use 127.0.0.1, ::1 or one of this machine's");
        }
        else if (!IPAddress.IsLoopback(address) && !AllowRemote)
        {
            yield return new ConfigurationProblem("address", "is reachable from other machines: say allowRemote: true");
        }

        if (OtlpEndpoint is { } endpoint && (!Uri.TryCreate(endpoint, UriKind.Absolute, out Uri? uri) || uri.Scheme is not ("http" or "https")))
        {
            yield return new ConfigurationProblem("otlpEndpoint", $"'{endpoint}' is not the address of a receiver: it must look like http://127.0.0.1:4317");
        }
    }
}

using System.Net;
using Sensing.Configuration;

namespace Sensing.CloudIngest.Configuration;

/// <summary>Everything <c>cloud.json</c> can say. All of it has defaults: an empty object runs broker, bridge, store and API on loopback.</summary>
public sealed record CloudOptions
{
    public static readonly CloudOptions Default = new();

    [Option("Where events come from: the broker inside this process, or another one.")]
    public MqttOptions Mqtt { get; init; } = new();

    [Option("Where events are kept, and for how long.")]
    public StoreOptions Store { get; init; } = new();

    [Option("Where the query API listens.")]
    public HttpOptions Http { get; init; } = new();

    [Option("Bounds of memory, request and page sizes.")]
    public LimitOptions Limits { get; init; } = new();

    [Option("How this process tells how it is.")]
    public TelemetryOptions Telemetry { get; init; } = new();

    /// <summary>Whether <paramref name="host"/> can be reached from this machine only.</summary>
    internal static bool IsLoopback(string host) =>
        string.Equals(host, "localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(host.Trim('[', ']'), out IPAddress? address) && IPAddress.IsLoopback(address));
}

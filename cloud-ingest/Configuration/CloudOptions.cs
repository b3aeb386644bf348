using System.Net;
using Sensing.Configuration;

namespace Sensing.CloudIngest.Configuration;

/// <summary>Everything <c>cloud.json</c> can say. All of it has defaults: an empty object runs broker, bridge, store and API on loopback.</summary>
public sealed record CloudOptions : ICheckedOptions
{
    public static readonly CloudOptions Default = new();

    [Option("What this process does. Without kafka one process does all of it; with it bridge, sink and query may be processes of their own, several of each.", Min = 1)]
    public CloudRole[] Roles { get; init; } = [CloudRole.Bridge, CloudRole.Sink, CloudRole.Query];

    [Option("Where events come from: the embedded broker or an external one.")]
    public MqttOptions Mqtt { get; init; } = new();

    [Option("The Kafka cluster between bridge and store; absent: the bridge writes straight to the store.")]
    public KafkaOptions? Kafka { get; init; }

    [Option("Where events are stored, and for how long.")]
    public StoreOptions Store { get; init; } = new();

    [Option("Address of the query API.")]
    public HttpOptions Http { get; init; } = new();

    [Option("Bounds of memory, request and page sizes.")]
    public LimitOptions Limits { get; init; } = new();

    [Option("The registry of the models that nodes run.")]
    public ModelOptions Models { get; init; } = new();

    [Option("Metrics of this process.")]
    public TelemetryOptions Telemetry { get; init; } = new();

    /// <summary>Whether this process does <paramref name="role"/>.</summary>
    public bool Has(CloudRole role) => Array.IndexOf(Roles, role) >= 0;

    public IEnumerable<ConfigurationProblem> Check()
    {
        if (Roles.Distinct().Count() != Roles.Length)
        {
            yield return new ConfigurationProblem("roles", "names a role twice");
        }

        bool stores = Has(CloudRole.Sink);
        if (Kafka is null && Has(CloudRole.Bridge) != stores)
        {
            yield return new ConfigurationProblem("roles", "parts bridge and sink, and nothing lies between them: name kafka, or give one process both roles");
        }

        if (Has(CloudRole.Bridge) && !stores && Mqtt.External is null)
        {
            yield return new ConfigurationProblem("mqtt.external", "is missing: the broker inside this process keeps node states in the store, which a bridge alone does not have");
        }

        if (Has(CloudRole.Query) && !stores && Store.Postgres is null)
        {
            yield return new ConfigurationProblem("roles", "has query without sink: the SQLite store is for one process, so the one that writes it also serves it; several share store.postgres");
        }
    }

    /// <summary>Whether <paramref name="host"/> can be reached from this machine only.</summary>
    internal static bool IsLoopback(string host) =>
        string.Equals(host, "localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(host.Trim('[', ']'), out IPAddress? address) && IPAddress.IsLoopback(address));
}

using System.Globalization;

namespace Sensing.CloudIngest.Log.Kafka.Producing;

/// <summary>Where a broker listens.</summary>
internal readonly record struct BrokerAddress(string Host, int Port)
{
    /// <summary>Of <see cref="Configuration.KafkaOptions.BootstrapServers"/>, whose form has been checked.</summary>
    public static BrokerAddress[] Parse(string servers) => [.. servers.Split(',').Select(server =>
    {
        int colon = server.LastIndexOf(':');
        return new BrokerAddress(server[..colon].Trim('[', ']'), int.Parse(server.AsSpan(colon + 1), CultureInfo.InvariantCulture));
    })];

    public override string ToString() => Host.Contains(':', StringComparison.Ordinal) ? $"[{Host}]:{Port}" : $"{Host}:{Port}";
}

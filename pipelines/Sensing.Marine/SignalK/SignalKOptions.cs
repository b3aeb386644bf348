using Sensing.Configuration;

namespace Sensing.Marine.SignalK;

/// <summary>Closest approaches and alarms as Signal K deltas, one in a datagram.</summary>
public sealed record SignalKOptions
{
    [Option("Name or address of the Signal K server.", Min = 1, Example = "\"192.168.1.10\"")]
    public string Host { get; init; } = "127.0.0.1";

    [Option("Port of the server's data connection of type Signal K over UDP.", Min = 1, Max = 65535)]
    public int Port { get; init; } = 8376;

    [Option("Interval of the closest approaches, s. Alarms are sent when they change.", Min = 1, Max = 600)]
    public double IntervalSeconds { get; init; } = 5;
}

using Sensing.Configuration;

namespace Sensing.Marine.Sources;

/// <summary>A multiplexer or a receiver that serves NMEA 0183 over TCP.</summary>
public sealed record TcpSourceOptions
{
    [Option("Name or address of the server.", Required = true, Min = 1, Example = "\"192.168.1.1\"")]
    public string Host { get; init; } = "";

    [Option("Port.", Min = 1, Max = 65535)]
    public int Port { get; init; } = 10110;

    [Option("Without a line for so long the server counts as lost and is connected again, s.", Min = 1, Max = 3600)]
    public double SilenceSeconds { get; init; } = 30;
}

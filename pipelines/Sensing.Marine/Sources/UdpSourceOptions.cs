using Sensing.Configuration;

namespace Sensing.Marine.Sources;

/// <summary>NMEA 0183 in datagrams, as multiplexers and IEC 61162-450 networks send it.</summary>
public sealed record UdpSourceOptions
{
    [Option("Port.", Min = 1, Max = 65535)]
    public int Port { get; init; } = 10110;

    [Option("Address of the interface that listens (default: all).", Example = "\"192.168.1.20\"")]
    public string? Address { get; init; }

    [Option("Multicast group to join (default: none).", Example = "\"239.192.0.1\"")]
    public string? Group { get; init; }

    [Option("Without a datagram for so long the input counts as lost, s.", Min = 1, Max = 3600)]
    public double SilenceSeconds { get; init; } = 30;
}

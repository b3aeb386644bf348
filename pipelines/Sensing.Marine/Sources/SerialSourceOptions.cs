using Sensing.Configuration;

namespace Sensing.Marine.Sources;

/// <summary>An instrument, a multiplexer or an AIS receiver at a serial port.</summary>
public sealed record SerialSourceOptions
{
    [Option("The port.", Required = true, Min = 1, Example = "\"/dev/ttyUSB0\"")]
    public string Port { get; init; } = "";

    [Option("Baud rate: 4800 for NMEA 0183, 38400 for AIS.", Min = 300, Max = 921600)]
    public int Baud { get; init; } = 4800;

    [Option("Without a line for so long the port counts as lost and is opened again, s.", Min = 1, Max = 3600)]
    public double SilenceSeconds { get; init; } = 30;
}

using Sensing.Configuration;

namespace Sensing.EdgeNode.TestNode;

public sealed record NumberSourceOptions
{
    [Option("Numbers in all.", Min = 0)]
    public long Count { get; init; } = 1000;

    [Option("Numbers in a block.", Min = 1, Max = 100_000)]
    public int Block { get; init; } = 10;

    [Option("Waits this long before each block, ms.", Min = 0)]
    public int EveryMs { get; init; }

    [Option("File by which another process says how many numbers may be read; none: all.")]
    public string? GateFile { get; init; }

    [Option("A block starting with a multiple of this is preceded by a notice; 0: none.", Min = 0)]
    public long NoticeEvery { get; init; }
}

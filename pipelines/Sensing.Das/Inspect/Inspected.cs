using Sensing.Events.Node;

namespace Sensing.Das.Inspect;

/// <summary>A block, a break before what follows, or a notice about the input.</summary>
internal readonly record struct Inspected(DasBlock? Block, bool IsBreak, StreamNotice? Notice, DateTimeOffset Time)
{
    public static Inspected Of(DasBlock block) => new(block, false, null, block.Time);

    public static Inspected Break(DateTimeOffset time) => new(null, true, null, time);

    public static Inspected Of(StreamNotice notice, DateTimeOffset time) => new(null, false, notice, time);
}

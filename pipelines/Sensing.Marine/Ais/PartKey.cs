namespace Sensing.Marine.Ais;

/// <summary>What the parts of one message have in common.</summary>
internal readonly record struct PartKey(int Group, byte Sequence, byte Channel, int Total, bool IsOwn);

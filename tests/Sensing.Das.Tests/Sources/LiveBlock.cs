namespace Sensing.Das.Tests.Sources;

/// <summary>A block that was read, copied.</summary>
internal sealed record LiveBlock(DasGeometry Geometry, DateTimeOffset Time, IReadOnlyList<(DateTimeOffset Time, float[] Values)> Rows);

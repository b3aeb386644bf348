using System.ComponentModel;
using Sensing.Drones.Tasks;

namespace Sensing.Drones.Events;

/// <summary>A person that the tasks of a segment have found.</summary>
public sealed record PersonReport
{
    [Description("Left edge of the box, pixels of the camera's picture.")]
    public required double Left { get; init; }

    [Description("Top edge.")]
    public required double Top { get; init; }

    [Description("Right edge.")]
    public required double Right { get; init; }

    [Description("Bottom edge.")]
    public required double Bottom { get; init; }

    [Description("How sure the detector is, 0 to 1.")]
    public required double Score { get; init; }

    [Description("The person wears a hazard vest; absent where no task asked.")]
    public bool? Vest { get; init; }

    [Description("Whether the person wears a mask; absent where no task asked.")]
    public MaskState? Mask { get; init; }

    [Description("Distance from the camera, m; absent where no task asked. Its error has not been measured.")]
    public double? DistanceM { get; init; }

    [Description("Key points of the body: x and y in pixels and score, 17 times, in the order of COCO; absent where no task asked.")]
    public IReadOnlyList<double>? Pose { get; init; }
}

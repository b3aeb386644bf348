namespace Sensing.TrafficCamera.Setup;

/// <summary>A line across the road, in road metres.</summary>
/// <param name="A">One end.</param>
/// <param name="B">The other end.</param>
public readonly record struct RoadLine(RoadPoint A, RoadPoint B)
{
    /// <summary>Distance along the road from the line to a point: positive beyond it, seen from the near end.</summary>
    public double Beyond(RoadPoint point) => point.AlongM - AlongAt(point.AcrossM);

    /// <summary>Where the line, made longer at both ends, is at a distance from the left edge.</summary>
    public double AlongAt(double acrossM)
    {
        double span = B.AcrossM - A.AcrossM;
        return Math.Abs(span) < 1e-6 ? (A.AlongM + B.AlongM) / 2 : A.AlongM + ((acrossM - A.AcrossM) / span * (B.AlongM - A.AlongM));
    }
}

namespace Sensing.TrafficCamera.Synthetic;

/// <summary>The signal of a scene that nobody controls: the same in each cycle.</summary>
/// <param name="CycleSeconds">Length of a cycle.</param>
/// <param name="OffsetSeconds">Start of green in the cycle.</param>
/// <param name="GreenSeconds">Length of green; the rest, but for yellow, is red.</param>
/// <param name="YellowSeconds">Length of yellow.</param>
public sealed record FixedSignalPlan(
    double CycleSeconds, double OffsetSeconds, double GreenSeconds, double YellowSeconds)
{
    /// <summary>What it shows <paramref name="seconds"/> after the first frame.</summary>
    public SceneSignal At(double seconds)
    {
        double place = (seconds - OffsetSeconds) % CycleSeconds;
        place = place < 0 ? place + CycleSeconds : place;
        return place < GreenSeconds ? SceneSignal.Green
            : place < GreenSeconds + YellowSeconds ? SceneSignal.Yellow
            : SceneSignal.Red;
    }
}

using Sensing.TrafficCamera.Background;
using Sensing.Vision.Frames;

namespace Sensing.Benchmarks.Camera;

/// <summary>What camera-speed runs on each frame: the steps of the pipeline without a detection model.</summary>
internal sealed class CameraSteps : IDisposable
{
    private readonly RoadBackground _background = new(new BackgroundOptions());

    public void Apply(Frame frame) => _background.Apply(frame);

    public void Dispose() => _background.Dispose();
}

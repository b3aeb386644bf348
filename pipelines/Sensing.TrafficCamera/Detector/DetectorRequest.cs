using Sensing.Vision.Frames;
using Sensing.Vision.Onnx.Detection;

namespace Sensing.TrafficCamera.Detector;

/// <summary>A frame for the model to look at.</summary>
/// <param name="Frame">A copy of its own.</param>
/// <param name="Region">The part with the carriageways.</param>
public sealed record DetectorRequest(Frame Frame, PictureRegion Region) : IDisposable
{
    public void Dispose() => Frame.Dispose();
}

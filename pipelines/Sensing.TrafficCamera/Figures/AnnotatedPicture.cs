using Sensing.TrafficCamera.Tracks;
using Sensing.Vision.Drawing;

namespace Sensing.TrafficCamera.Figures;

/// <summary>Puts the approaches of one frame over the frame.</summary>
internal static class AnnotatedPicture
{
    /// <param name="canvas">A picture of the frame.</param>
    /// <param name="approaches">Its approaches, in their order.</param>
    public static void Draw(FrameCanvas canvas, IEnumerable<TrackedFrame> approaches)
    {
        foreach (TrackedFrame tracked in approaches)
        {
            var scene = new SceneDrawing(canvas, tracked.Road, tracked.Seen.Frame);
            scene.Setup();
            scene.Vehicles(tracked.Vehicles);
        }
    }
}

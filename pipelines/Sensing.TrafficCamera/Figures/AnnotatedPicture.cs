using Sensing.TrafficCamera.Setup;
using Sensing.TrafficCamera.Tracks;
using Sensing.Vision.Drawing;
using Sensing.Vision.Frames;

namespace Sensing.TrafficCamera.Figures;

/// <summary>Puts the approaches of one frame over the frame.</summary>
internal static class AnnotatedPicture
{
    /// <param name="canvas">A picture of the frame.</param>
    /// <param name="frame">The frame.</param>
    /// <param name="approaches">Its approaches, in their order.</param>
    public static void Draw(FrameCanvas canvas, Frame frame, IEnumerable<TrackedFrame> approaches)
    {
        foreach (TrackedFrame tracked in approaches)
        {
            SceneDrawing.Setup(canvas, OfCamera(tracked.Road.Options, frame));
            SceneDrawing.Vehicles(canvas, tracked);
        }
    }

    /// <summary>The approach in the camera's own pixels, which drawings use.</summary>
    public static Carriageway OfCamera(ApproachOptions options, Frame frame) =>
        new(options, frame.CameraWidth, frame.CameraHeight, frame.CameraWidth, frame.CameraHeight);
}

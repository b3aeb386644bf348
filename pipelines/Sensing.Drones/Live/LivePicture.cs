using Sensing.Drones.Events;
using Sensing.Vision.Drawing;

namespace Sensing.Drones.Live;

/// <summary>The picture of a segment for people, with heads made unrecognisable.</summary>
internal static class LivePicture
{
    // Of a standing person's height from the crown, with room for a box that sits too low (Drillis and Contini 1966:
    // head 0.13).
    private const double HeadShare = 0.25;

    private const int Quality = 70;

    /// <summary>The picture; null where none is wanted, or this task is not the one that knows the persons.</summary>
    public static byte[]? Of(LiveTask live)
    {
        if (!live.Segment.IsPictured || live.Kind != DroneTaskKind.HazardVest || live.Run is not { } run)
        {
            return null;
        }

        using var canvas = new FrameCanvas(live.Segment.Frame);
        foreach (PersonReport person in run.Findings.Persons)
        {
            double height = (person.Bottom - person.Top) * HeadShare;
            canvas.Blur(person.Left, Math.Max(0, person.Top - (height / 4)), person.Right - person.Left, height * 1.25);
        }

        return canvas.ToJpeg(Quality);
    }
}

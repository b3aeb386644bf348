using Sensing.Events;
using Sensing.Steps;
using Sensing.TrafficCamera.Background;
using Sensing.TrafficCamera.Events;
using Sensing.TrafficCamera.Figures;
using Sensing.TrafficCamera.Tracks;
using Sensing.Vision.Drawing;

namespace Sensing.TrafficCamera.Snapshots;

/// <summary>A picture every few seconds, with the vehicles of the camera's approaches.</summary>
/// <param name="options">How often, and what is drawn.</param>
/// <param name="address">The stream, for the events.</param>
/// <param name="vehicles">What has been found in the frame, for each approach.</param>
internal sealed class SnapshotReport(TrafficOptions options, StreamAddress address, Func<TrackedFrame[]> vehicles)
    : IStep<SeenFrame, SensorEvent>
{
    /// <summary>Plates have characters 8 cm high and faces are 20 cm wide: squares of 16 cm leave nothing to read or to recognise.</summary>
    private const double SquareM = 0.16;

    private long _slot = long.MinValue;

    public void Next(SeenFrame item, Action<SensorEvent> emit)
    {
        if (options.Snapshots is not { } snapshots)
        {
            return;
        }

        // Instants on the clock, so that they do not depend on the first frame.
        long slot = item.Frame.Time.UtcTicks / (long)(snapshots.EverySeconds * TimeSpan.TicksPerSecond);
        if (slot > _slot)
        {
            _slot = slot;
            emit(TrafficEvents.Snapshot.Create(address, item.Frame.Time, "", Draw(item, snapshots)));
        }
    }

    public void Break(Action<SensorEvent> emit) => _slot = long.MinValue;

    public void Save(BinaryWriter state)
    {
        state.Mark("snapshots-1");
        state.Write(_slot);
    }

    public void Load(BinaryReader state)
    {
        state.Expect("snapshots-1");
        _slot = state.ReadInt64();
    }

    private Snapshot Draw(SeenFrame seen, SnapshotOptions snapshots)
    {
        TrackedFrame[] approaches = vehicles();
        using var canvas = new FrameCanvas(seen.Frame);
        if (snapshots.Blur)
        {
            Blur(canvas, seen, approaches);
        }

        if (snapshots.Annotate)
        {
            AnnotatedPicture.Draw(canvas, approaches);
        }

        return new Snapshot
        {
            Approach = options.Approaches[0].Name,
            Width = canvas.Width,
            Height = canvas.Height,
            Jpeg = canvas.ToJpeg(snapshots.JpegQuality),
        };
    }

    /// <summary>Whatever moves or stands out: vehicles and persons, on the road and beside it.</summary>
    private static void Blur(FrameCanvas canvas, SeenFrame seen, TrackedFrame[] approaches)
    {
        int square = Math.Max(2, (int)Math.Ceiling(SquareM * approaches.Max(PixelsPerMetre)));
        double sx = seen.Frame.CameraWidth / (double)seen.Frame.Width, sy = seen.Frame.CameraHeight / (double)seen.Frame.Height;
        for (int y = 0; y < seen.Mask.Height; y += square)
        {
            for (int x = 0; x < seen.Mask.Width; x += square)
            {
                if (StandsOut(seen.Mask, x, y, square))
                {
                    canvas.Blur(x * sx, y * sy, square * sx, square * sy, cells: 1);
                }
            }
        }
    }

    private static bool StandsOut(ForegroundMask mask, int left, int top, int square)
    {
        for (int y = top; y < Math.Min(top + square, mask.Height); y++)
        {
            if (mask.Row(y)[left..Math.Min(left + square, mask.Width)].Contains(PixelClass.Vehicle))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>At the near end, where the picture is largest.</summary>
    private static double PixelsPerMetre(TrackedFrame tracked)
    {
        double middle = tracked.Road.Options.WidthM / 2;
        (double ax, double ay) = tracked.Road.ToImage.Map(middle - 0.5, 0);
        (double bx, double by) = tracked.Road.ToImage.Map(middle + 0.5, 0);
        return Math.Sqrt(((ax - bx) * (ax - bx)) + ((ay - by) * (ay - by)));
    }
}

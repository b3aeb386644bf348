using System.Globalization;
using Sensing.Modules;
using Sensing.TrafficCamera.Tracks;
using Sensing.Vision.Drawing;
using Sensing.Vision.Frames;
using Sensing.Vision.Video;
using SkiaSharp;

namespace Sensing.TrafficCamera.Figures;

/// <summary>Every frame of a replay with its lanes and vehicles.</summary>
internal sealed class TrafficVideo(string path) : IReplayVideo
{
    /// <summary>Frames by which the rate is measured before the first is written; they are kept until then.</summary>
    private const int MeasuredFrames = 10;

    private readonly Queue<(FrameCanvas Canvas, DateTimeOffset Time)> _first = [];
    private VideoWriter? _writer;

    public void Watch(object pipeline)
    {
        if (pipeline is TrafficPipeline traffic)
        {
            traffic.Tracked += Take;
        }
    }

    public Task FinishAsync()
    {
        try
        {
            Begin();
            _writer?.Complete();
            return _writer is null ? throw new FigureException("There is nothing to show: the recording holds no frames.") : Task.CompletedTask;
        }
        catch (VideoException error)
        {
            throw new FigureException(error.Message, error);
        }
    }

    public ValueTask DisposeAsync()
    {
        _writer?.Dispose();
        while (_first.TryDequeue(out (FrameCanvas Canvas, DateTimeOffset Time) item))
        {
            item.Canvas.Dispose();
        }

        return ValueTask.CompletedTask;
    }

    private void Take(IReadOnlyList<TrackedFrame> approaches)
    {
        try
        {
            Write(approaches);
        }
        catch (VideoException error)
        {
            throw new FigureException(error.Message, error);
        }
    }

    private void Write(IReadOnlyList<TrackedFrame> approaches)
    {
        Frame frame = approaches[0].Seen.Frame;
        FrameCanvas canvas = new(frame, Math.Max(1, 960.0 / frame.Width));
        AnnotatedPicture.Draw(canvas, approaches);
        canvas.Label(0, frame.CameraHeight, frame.Time.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss.f 'UTC'", CultureInfo.InvariantCulture), SKColors.Black);
        if (_writer is null)
        {
            _first.Enqueue((canvas, frame.Time));
            if (_first.Count == MeasuredFrames)
            {
                Begin();
            }
        }
        else
        {
            using (canvas)
            {
                _writer.Write(canvas);
            }
        }
    }

    /// <summary>Opens the file at the rate of the first frames and writes them.</summary>
    private void Begin()
    {
        if (_writer is not null || _first.Count == 0)
        {
            return;
        }

        double seconds = (_first.Last().Time - _first.Peek().Time).TotalSeconds;
        double rate = seconds > 0 ? Math.Clamp(Math.Round((_first.Count - 1) / seconds, 3), 1, 120) : 25;
        _writer = new VideoWriter(path, rate);
        while (_first.TryDequeue(out (FrameCanvas Canvas, DateTimeOffset Time) item))
        {
            using (item.Canvas)
            {
                _writer.Write(item.Canvas);
            }
        }
    }
}

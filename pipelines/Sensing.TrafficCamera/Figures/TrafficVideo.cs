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

    private readonly List<TrackedFrame> _frame = [];
    private readonly Queue<(FrameCanvas Canvas, DateTimeOffset Time)> _first = [];
    private VideoWriter? _writer;
    private int _approaches;

    public void Watch(object pipeline)
    {
        if (pipeline is TrafficPipeline traffic)
        {
            _approaches = traffic.Options.Approaches.Length;
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

    private void Take(TrackedFrame frame)
    {
        if (_frame.Count > 0 && !ReferenceEquals(_frame[0].Seen.Frame, frame.Seen.Frame))
        {
            _frame.Clear();
        }

        _frame.Add(frame);
        if (_frame.Count == _approaches)
        {
            try
            {
                Write(frame.Seen.Frame);
            }
            catch (VideoException error)
            {
                throw new FigureException(error.Message, error);
            }

            _frame.Clear();
        }
    }

    private void Write(Frame frame)
    {
        FrameCanvas canvas = new(frame, Math.Max(1, 960.0 / frame.Width));
        AnnotatedPicture.Draw(canvas, frame, _frame);
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

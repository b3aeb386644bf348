using System.Text.Json;
using Sensing.Vision.Frames;

namespace Sensing.Benchmarks.Camera;

/// <summary>Boxes of vehicles over time, good enough to hang light bars on: from a detector's file or from what differs from the median picture.</summary>
internal sealed class VehicleTracks
{
    private const int Step = 4;
    private const int LeastDifference = 18;
    private const int LeastCells = 8;
    private const double LeastOverlap = 0.25;
    private const int LongestGap = 4;

    private readonly List<(Dictionary<int, VehicleBox> Boxes, int Last)> _tracks = [];

    /// <summary>Box by frame number of each vehicle.</summary>
    public IReadOnlyList<Dictionary<int, VehicleBox>> All => [.. _tracks.Select(t => t.Boxes)];

    public static VehicleTracks OfDetections(string file)
    {
        VehicleTracks tracks = new();
        using var json = JsonDocument.Parse(File.ReadAllText(file));
        JsonElement[] frames = [.. json.RootElement.EnumerateArray()];
        for (int f = 0; f < frames.Length; f++)
        {
            List<VehicleBox> boxes = [];
            foreach (JsonElement found in frames[f].GetProperty("objects").EnumerateArray())
            {
                JsonElement at = found.GetProperty("relative_coordinates");
                double w = at.GetProperty("width").GetDouble() * RawVideo.Width, h = at.GetProperty("height").GetDouble() * RawVideo.Height;
                if (found.GetProperty("confidence").GetDouble() >= 0.4 && found.GetProperty("name").GetString() is "car" or "truck" or "bus")
                {
                    boxes.Add(new VehicleBox(
                        (at.GetProperty("center_x").GetDouble() * RawVideo.Width) - (w / 2),
                        (at.GetProperty("center_y").GetDouble() * RawVideo.Height) - (h / 2), w, h));
                }
            }

            tracks.Add(f, boxes);
        }

        return tracks;
    }

    public static VehicleTracks OfMotion(List<Frame> frames)
    {
        const int Columns = RawVideo.Width / Step, Rows = RawVideo.Height / Step;
        byte[][] small = [.. frames.Select(Shrink)];
        byte[] median = new byte[Columns * Rows];
        byte[][] chosen = [.. small.Where((_, i) => i % Math.Max(small.Length / 60, 1) == 0)];
        byte[] column = new byte[chosen.Length];
        for (int i = 0; i < median.Length; i++)
        {
            for (int c = 0; c < chosen.Length; c++)
            {
                column[c] = chosen[c][i];
            }

            Array.Sort(column);
            median[i] = column[column.Length / 2];
        }

        VehicleTracks tracks = new();
        for (int f = 0; f < frames.Count; f++)
        {
            tracks.Add(f, Blobs(small[f], median, Columns, Rows));
        }

        return tracks;
    }

    private static byte[] Shrink(Frame frame)
    {
        const int Columns = RawVideo.Width / Step, Rows = RawVideo.Height / Step;
        byte[] small = new byte[Columns * Rows];
        for (int i = 0; i < small.Length; i++)
        {
            int sum = 0;
            for (int y = 0; y < Step; y++)
            {
                for (int x = 0; x < Step; x++)
                {
                    sum += frame.Luma[((((i / Columns) * Step) + y) * frame.Width) + ((i % Columns) * Step) + x];
                }
            }

            small[i] = (byte)(sum / (Step * Step));
        }

        return small;
    }

    private static List<VehicleBox> Blobs(byte[] small, byte[] median, int columns, int rows)
    {
        bool[] differs = new bool[small.Length];
        for (int i = 0; i < small.Length; i++)
        {
            differs[i] = Math.Abs(small[i] - median[i]) >= LeastDifference;
        }

        List<VehicleBox> blobs = [];
        Stack<int> open = [];
        for (int i = 0; i < differs.Length; i++)
        {
            if (!differs[i])
            {
                continue;
            }

            int count = 0, left = columns, right = 0, top = rows, bottom = 0;
            open.Push(i);
            differs[i] = false;
            while (open.TryPop(out int at))
            {
                int x = at % columns, y = at / columns;
                (count, left, right) = (count + 1, Math.Min(left, x), Math.Max(right, x));
                (top, bottom) = (Math.Min(top, y), Math.Max(bottom, y));
                for (int dy = -1; dy <= 1; dy++)
                {
                    for (int dx = -1; dx <= 1; dx++)
                    {
                        int next = ((y + dy) * columns) + x + dx;
                        if (x + dx >= 0 && x + dx < columns && y + dy >= 0 && y + dy < rows && differs[next])
                        {
                            differs[next] = false;
                            open.Push(next);
                        }
                    }
                }
            }

            if (count >= LeastCells && (right - left) * 2 < columns)
            {
                blobs.Add(new VehicleBox(left * Step, top * Step, (right - left + 1) * Step, (bottom - top + 1) * Step));
            }
        }

        return blobs;
    }

    private void Add(int frame, List<VehicleBox> boxes)
    {
        foreach (VehicleBox box in boxes)
        {
            int best = -1;
            double overlap = LeastOverlap;
            for (int t = 0; t < _tracks.Count; t++)
            {
                (Dictionary<int, VehicleBox> known, int last) = _tracks[t];
                if (frame - last is > 0 and <= LongestGap && known[last].Overlap(box) is double here && here > overlap)
                {
                    (best, overlap) = (t, here);
                }
            }

            if (best < 0)
            {
                best = _tracks.Count;
                _tracks.Add(([], frame));
            }

            _tracks[best].Boxes[frame] = box;
            _tracks[best] = (_tracks[best].Boxes, frame);
        }
    }
}

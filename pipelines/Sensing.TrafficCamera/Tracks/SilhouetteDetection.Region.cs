using Sensing.TrafficCamera.Background;
using Sensing.TrafficCamera.Setup;

namespace Sensing.TrafficCamera.Tracks;

/// <content>Which pixels are looked at, and their sums.</content>
public sealed partial class SilhouetteDetection
{
    /// <summary>One row of cells: the frame's pixels where the camera would show them if it did not sway.</summary>
    private void Fill(ForegroundMask mask, int y)
    {
        Span<byte> cells = _cells.AsSpan(y * _width, _width);
        int row = y + _shiftY;
        if (row < 0 || row >= mask.Height)
        {
            cells.Clear();
            return;
        }

        ReadOnlySpan<byte> pixels = mask.Row(row);
        ReadOnlySpan<byte> region = _region.AsSpan(y * _width, _width);
        for (int x = 0; x < cells.Length; x++)
        {
            int column = x + _shiftX;
            byte pixel = (uint)column < (uint)pixels.Length ? pixels[column] : PixelClass.Road;
            cells[x] = region[x] == 0 || pixel == PixelClass.Road ? (byte)0 : pixel == PixelClass.Shadow ? Doubtful : Free;
        }
    }

    private void Sum(int from, int to)
    {
        for (int row = from; row < to; row++)
        {
            int at = row * (_width + 1), free = 0, taken = 0;
            ReadOnlySpan<byte> cells = _cells.AsSpan(row * _width, _width);
            for (int x = 0; x < cells.Length; x++)
            {
                free += cells[x] & 1;
                taken += cells[x] > 1 ? 1 : 0;
                _free[at + x + 1] = free;
                _taken[at + x + 1] = taken;
            }
        }
    }

    /// <summary>The pixels of the carriageway, a quarter of them, from near to far.</summary>
    private (int[] Order, RoadPoint[] Points) Ground()
    {
        var list = new List<(RoadPoint Point, int Pixel)>();
        for (int y = 0; y < _road.Height; y += 2)
        {
            for (int x = 0; x < _width; x += 2)
            {
                if (_road.RoadAt(x + 0.5, y + 0.5) is { } p && p.AlongM > -8 && p.AlongM < _road.Options.LengthM
                    && p.AcrossM > -0.5 && p.AcrossM < _road.Options.WidthM + 0.5)
                {
                    list.Add((p, (y * _width) + x));
                }
            }
        }

        list.Sort((a, b) => a.Point.AlongM.CompareTo(b.Point.AlongM) is var c && c != 0 ? c : a.Pixel.CompareTo(b.Pixel));
        return ([.. list.Select(l => l.Pixel)], [.. list.Select(l => l.Point)]);
    }

    /// <summary>Where vehicles of the carriageway and beside it can be seen, tall ones too.</summary>
    private void Region(ref int top, ref int bottom)
    {
        VehicleSize tall = new(2.55, 12, 3.3);
        for (double along = -6; along < _road.Options.LengthM; along += 2)
        {
            for (double across = -Beyond; across <= _road.Options.WidthM + Beyond; across += 0.8)
            {
                _shape.Set(_road.Pose, new RoadPoint(across, along), tall);
                top = Math.Min(top, _shape.Top);
                bottom = Math.Max(bottom, _shape.Bottom);
                for (int row = _shape.Top; row < _shape.Bottom; row++)
                {
                    _region.AsSpan((row * _width) + _shape.From(row), _shape.To(row) - _shape.From(row)).Fill(1);
                }
            }
        }
    }
}

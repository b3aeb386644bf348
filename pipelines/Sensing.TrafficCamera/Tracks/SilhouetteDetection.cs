using Sensing.TrafficCamera.Background;
using Sensing.TrafficCamera.Setup;

namespace Sensing.TrafficCamera.Tracks;

/// <summary>From a foreground mask to vehicles: boxes on the road whose silhouettes explain the foreground, from near to far.</summary>
/// <remarks>The nearest foreground touches the road where it is seen, since nothing hides it. A box is fitted to it, what its
/// silhouette covers is explained, and the next nearest of what is left follows: a vehicle behind it is what looks out. So two that overlap in the
/// picture, behind each other or side by side, come apart by the size of vehicles and not by a gap between them, and one that is cut by
/// a window, a pole or a branch stays one. Sizes may be wrong by a third: set-ups are.</remarks>
public sealed class SilhouetteDetection
{
    private const byte Free = 1, Taken = 2, Doubtful = 4;

    /// <summary>Least share of a silhouette that is foreground: a box is a fifth larger than the car in it, and windows may look like road.</summary>
    private const double LeastCover = 0.55;

    /// <summary>A vehicle of which more is hidden than this is not found anew.</summary>
    private const double MostHidden = 0.6;

    /// <summary>Least part of a silhouette that is foreground for certain, not shadow or hidden.</summary>
    private const double LeastCertain = 0.15;

    /// <summary>Least size of what is seen, pixels: below it a silhouette is noise.</summary>
    private const int LeastPixels = 60;

    /// <summary>Least part of a silhouette within the picture.</summary>
    private const double LeastInside = 0.35;

    /// <summary>What is tried: cars of three sizes, since set-ups have wrong scales, and of other shapes; the rarer a shape, the more it must explain.</summary>
    private static readonly (VehicleClass Class, VehicleSize Size, double Weight)[] Shapes =
    [
        (VehicleClass.Car, new(1.8, 4.5, 1.5), 1), (VehicleClass.Car, new(1.45, 3.6, 1.2), 1), (VehicleClass.Car, new(2.25, 5.6, 1.9), 0.92),
        (VehicleClass.Car, new(1.9, 6.2, 1.6), 0.92), (VehicleClass.Car, new(2.0, 4.6, 1.9), 0.95),
        (VehicleClass.Van, VehicleSize.Of(VehicleClass.Van), 0.95), (VehicleClass.TwoWheeler, VehicleSize.Of(VehicleClass.TwoWheeler), 0.9),
        (VehicleClass.Truck, VehicleSize.Of(VehicleClass.Truck), 0.8), (VehicleClass.Bus, VehicleSize.Of(VehicleClass.Bus), 0.8),
    ];

    private readonly Carriageway _road;
    private readonly int _width;
    private readonly byte[] _cells;
    private readonly byte[] _region;
    private readonly int[] _order;
    private readonly RoadPoint[] _points;
    private readonly byte[] _tried;
    private readonly int[] _free;
    private readonly int[] _taken;
    private readonly Silhouette _shape;
    private readonly Silhouette _best;
    private readonly List<Detection> _found = [];
    private readonly int _top;
    private readonly int _bottom;
    private int _shiftX;
    private int _shiftY;

    public SilhouetteDetection(Carriageway road)
    {
        _road = road;
        _width = road.Width;
        int size = road.Width * road.Height;
        _cells = new byte[size];
        _region = new byte[size];
        _tried = new byte[size];
        _free = new int[(road.Width + 1) * road.Height];
        _taken = new int[(road.Width + 1) * road.Height];
        _shape = new Silhouette(road.Width, road.Height);
        _best = new Silhouette(road.Width, road.Height);
        (_order, _points) = Ground();
        _top = road.Height;
        Region(ref _top, ref _bottom);
    }

    /// <summary>Vehicles of one frame, nearest first. The list is used again at the next call.</summary>
    /// <param name="mask">Classes of the frame's pixels, and how far the camera has swayed.</param>
    /// <param name="expected">Where known vehicles are expected, with their sizes.</param>
    /// <param name="boxes">What a detection model found in the frame; these come first, and the foreground adds what the model has missed.</param>
    /// <exception cref="ArgumentException">The mask is not of the set-up's working size.</exception>
    public IReadOnlyList<Detection> Detect(
        ForegroundMask mask, ReadOnlySpan<ExpectedVehicle> expected, ReadOnlySpan<DetectedBox> boxes = default)
    {
        if (mask.Width != _width || mask.Height != _road.Height)
        {
            throw new ArgumentException(
                $"The mask is {mask.Width} × {mask.Height} pixels, the set-up was made for {_width} × {_road.Height}.", nameof(mask));
        }

        _found.Clear();
        (_shiftX, _shiftY) = ((int)Math.Round(mask.Motion.X), (int)Math.Round(mask.Motion.Y));
        for (int y = _top; y < _bottom; y++)
        {
            Fill(mask, y);
        }

        Array.Clear(_tried, _top * _width, (_bottom - _top) * _width);
        Sum(_top, _bottom);
        foreach (ref readonly DetectedBox box in boxes)
        {
            Place(box);
        }

        for (int i = 0; i < _order.Length; i++)
        {
            int pixel = _order[i];
            if (_cells[pixel] == Free && _tried[pixel] == 0)
            {
                Try(pixel, _points[i], expected);
            }
        }

        return _found;
    }

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

    /// <summary>A model's box on the road: its bottom is where the vehicle touches it.</summary>
    private void Place(DetectedBox found)
    {
        double middle = ((found.Box.Left + found.Box.Right) / 2) - _shiftX, bottom = found.Box.Bottom - _shiftY;
        if (_road.RoadAt(middle, bottom) is not { } near || near.AlongM < -8 || near.AlongM > _road.Options.LengthM
            || found.Box.Right <= found.Box.Left || found.Box.Bottom <= found.Box.Top)
        {
            return;
        }

        // The box spans the vehicle's flank as well as its front: the contact is where a silhouette of its class has the same middle.
        VehicleSize size = VehicleSize.Of(found.Class);
        RoadPoint contact = near;
        for (int i = 0; i < 3; i++)
        {
            _shape.Set(_road.Pose, contact, size);
            double off = middle - ((_shape.Left + _shape.Right) / 2.0);
            if (_shape.Area == 0 || _road.RoadAt(_road.Pose.Project(contact.AcrossM, contact.AlongM, 0).X + off, bottom) is not { } moved)
            {
                return;
            }

            contact = moved;
        }

        if (contact.AcrossM >= -0.6 && contact.AcrossM <= _road.Options.WidthM + 0.6)
        {
            Take(new Fit(contact, size, found.Class, 1, found.Score));
        }
    }

    private void Try(int pixel, RoadPoint seed, ReadOnlySpan<ExpectedVehicle> expected)
    {
        if (!IsDense(pixel, seed))
        {
            Forget(pixel, seed);
            return;
        }

        Fit best = default;
        int below = pixel + (2 * _width);
        bool hidden = below < _cells.Length && (_cells[below] == Taken || _cells[pixel + _width] == Taken);
        foreach (ref readonly ExpectedVehicle known in expected)
        {
            if (Math.Abs(known.Contact.AcrossM - seed.AcrossM) < (known.Size.WidthM / 2) + 0.5
                && seed.AlongM - known.Contact.AlongM < (hidden ? 8 : 2.5) && seed.AlongM - known.Contact.AlongM > -3 - known.ReachM)
            {
                Climb(known.Contact, known.Size, known.Class, 1.15, ref best);
            }
        }

        foreach ((VehicleClass kind, VehicleSize size, double weight) in Shapes)
        {
            Fit start = default;
            for (int step = -2; step <= 2; step++)
            {
                Score(seed with { AcrossM = seed.AcrossM + (step * 0.2 * size.WidthM) }, size, kind, weight, ref start);
                if (hidden)
                {
                    Score(new RoadPoint(seed.AcrossM + (step * 0.2 * size.WidthM), seed.AlongM - 4), size, kind, weight, ref start);
                }
            }

            if (start.Value > 0)
            {
                Climb(start.Contact, size, kind, weight, ref best);
            }
        }

        if (best.Value <= 0)
        {
            Forget(pixel, seed);
            return;
        }

        Take(best);
        _tried[pixel] = 1;
    }

    /// <summary>Moves a box to where its silhouette explains most, in steps of decimetres.</summary>
    private void Climb(RoadPoint start, VehicleSize size, VehicleClass kind, double weight, ref Fit best)
    {
        Fit here = default;
        Score(start, size, kind, weight, ref here);
        if (here.Contact == default)
        {
            here.Contact = start;
        }

        for (double step = 0.8; step > 0.15; step /= 2)
        {
            for (int round = 0; round < 6; round++)
            {
                RoadPoint at = here.Contact;
                double before = here.Value;
                Score(at with { AlongM = at.AlongM - step }, size, kind, weight, ref here);
                Score(at with { AlongM = at.AlongM + step }, size, kind, weight, ref here);
                Score(at with { AcrossM = at.AcrossM - (step / 2) }, size, kind, weight, ref here);
                Score(at with { AcrossM = at.AcrossM + (step / 2) }, size, kind, weight, ref here);
                if (here.Value <= before)
                {
                    break;
                }
            }
        }

        if (here.Value > best.Value)
        {
            best = here;
        }
    }

    /// <summary>Foreground less background within a silhouette; what nearer vehicles hide counts as neither.</summary>
    private void Score(RoadPoint contact, VehicleSize size, VehicleClass kind, double weight, ref Fit best)
    {
        if (contact.AcrossM < -0.6 || contact.AcrossM > _road.Options.WidthM + 0.6)
        {
            return;
        }

        _shape.Set(_road.Pose, contact, size);
        int free = 0, taken = 0;
        for (int row = _shape.Top; row < _shape.Bottom; row++)
        {
            int at = row * (_width + 1);
            free += _free[at + _shape.To(row)] - _free[at + _shape.From(row)];
            taken += _taken[at + _shape.To(row)] - _taken[at + _shape.From(row)];
        }

        int seen = _shape.Area - taken;
        double value = weight * (free - (1.0 * (seen - free)));
        if (kind == VehicleClass.TwoWheeler && value > best.Value)
        {
            value -= Beside(contact, size);
        }

        if (value > best.Value && free >= LeastPixels && free >= LeastCover * seen
            && free >= LeastCertain * _shape.FullArea && _shape.Area >= LeastInside * _shape.FullArea)
        {
            best = new Fit(contact, size, kind, value, free / (double)_shape.FullArea);
        }
    }

    /// <summary>Foreground beside a silhouette: a slice of a car looks like a two-wheeler.</summary>
    private int Beside(RoadPoint contact, VehicleSize size)
    {
        int free = 0;
        for (int side = -1; side <= 1; side += 2)
        {
            _best.Set(_road.Pose, contact with { AcrossM = contact.AcrossM + (side * size.WidthM) }, size);
            for (int row = _best.Top; row < _best.Bottom; row++)
            {
                int at = row * (_width + 1);
                free += _free[at + _best.To(row)] - _free[at + _best.From(row)];
            }
        }

        return free;
    }

    private void Take(Fit fit)
    {
        // Mirrors, antennas and a shape that is not a box stand out of the silhouette: a margin goes with it.
        VehicleSize margin = new(fit.Size.WidthM + 0.4, fit.Size.LengthM + 0.5, fit.Size.HeightM * 1.15);
        _best.Set(_road.Pose, fit.Contact with { AlongM = fit.Contact.AlongM - 0.4 }, margin);
        for (int row = _best.Top; row < _best.Bottom; row++)
        {
            for (int i = (row * _width) + _best.From(row); i < (row * _width) + _best.To(row); i++)
            {
                _cells[i] = _cells[i] == Free ? Taken : _cells[i];
            }
        }

        _best.Set(_road.Pose, fit.Contact, fit.Size);
        for (int row = _best.Top; row < _best.Bottom; row++)
        {
            _cells.AsSpan((row * _width) + _best.From(row), _best.To(row) - _best.From(row)).Fill(Taken);
        }

        Sum(Math.Max(_top, _best.Top - 20), Math.Min(_bottom, _best.Bottom + 20));
        _found.Add(new Detection(
            new PixelBox(_best.Left + _shiftX, _best.Top + _shiftY, _best.Right + _shiftX, _best.Bottom + _shiftY), fit.Contact, fit.Size, fit.Class, Math.Min(1, fit.Cover)));
    }

    /// <summary>Whether there is enough foreground above a pixel for the front of a vehicle: most noise ends here.</summary>
    private bool IsDense(int pixel, RoadPoint seed)
    {
        double scale = AcrossScale(seed);
        int x = pixel % _width, y = pixel / _width;
        int from = Math.Max(0, x - (int)(0.9 * scale)), to = Math.Min(_width, x + (int)(0.9 * scale) + 1);
        int top = Math.Max(0, y - (int)(1.2 * scale)), free = 0;
        for (int row = top; row <= y; row++)
        {
            int at = row * (_width + 1);
            free += _free[at + to] - _free[at + from];
        }

        return free >= 0.12 * (to - from) * (y - top + 1);
    }

    private double AcrossScale(RoadPoint at)
    {
        (double ax, double ay) = _road.ToImage.Map(at.AcrossM, at.AlongM);
        (double bx, double by) = _road.ToImage.Map(at.AcrossM + 1, at.AlongM);
        return Math.Sqrt(((ax - bx) * (ax - bx)) + ((ay - by) * (ay - by)));
    }

    /// <summary>Sets aside what is near a place where nothing fits, so that noise costs one look.</summary>
    private void Forget(int pixel, RoadPoint seed)
    {
        double scale = Math.Sqrt(_road.ToImage.AreaScale(seed.AcrossM, seed.AlongM));
        int reach = Math.Clamp((int)(0.3 * scale), 1, 20), x = pixel % _width, y = pixel / _width;
        for (int row = Math.Max(0, y - reach); row <= Math.Min(_road.Height - 1, y + reach); row++)
        {
            int from = Math.Max(0, x - reach), to = Math.Min(_width - 1, x + reach);
            _tried.AsSpan((row * _width) + from, to - from + 1).Fill(1);
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

    /// <summary>Where vehicles of the carriageway can be seen, tall ones too.</summary>
    private void Region(ref int top, ref int bottom)
    {
        VehicleSize tall = new(2.55, 12, 3.3);
        for (double along = -6; along < _road.Options.LengthM; along += 2)
        {
            for (double across = 0; across <= _road.Options.WidthM; across += 0.8)
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

    private record struct Fit(RoadPoint Contact, VehicleSize Size, VehicleClass Class, double Value, double Cover);
}

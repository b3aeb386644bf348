using Sensing.TrafficCamera.Setup;

namespace Sensing.TrafficCamera.Tracks;

/// <content>How a box is fitted to the foreground.</content>
public sealed partial class SilhouetteDetection
{
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
        if (contact.AcrossM < -Beyond || contact.AcrossM > _road.Options.WidthM + Beyond)
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
        if (fit.Contact.AcrossM < -OnEdge || fit.Contact.AcrossM > _road.Options.WidthM + OnEdge)
        {
            return;
        }

        _found.Add(new Detection(
            new PixelBox(_best.Left + _shiftX, _best.Top + _shiftY, _best.Right + _shiftX, _best.Bottom + _shiftY), fit.Contact, fit.Size, fit.Class, Math.Min(1, fit.Cover)));
    }

    /// <summary>Whether there is enough foreground above a pixel for the front of a vehicle: most noise ends
    /// here.</summary>
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
}

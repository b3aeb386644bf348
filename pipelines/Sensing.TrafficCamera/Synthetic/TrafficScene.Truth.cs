using System.Numerics;

namespace Sensing.TrafficCamera.Synthetic;

/// <summary>Truth: from the traffic's state and from what has been drawn.</summary>
public sealed partial class TrafficScene
{
    /// <summary>Below this a vehicle stands in a queue, m/s.</summary>
    private const float QueueSpeed = 5 / 3.6f;

    private readonly int[] _pixelsLeft = new int[Canvas.MostObjects];

    private SceneTruth TruthOf(DateTimeOffset time, Vector2 shake)
    {
        CountPixels();
        var vehicles = new TruthVehicle[_traffic.Count];
        int next = 0;
        for (int i = 0; i < _drawn.Count; i++)
        {
            if (_drawn[i].Vehicle is { } vehicle)
            {
                vehicles[next++] = TruthOf(_drawn[i], vehicle, (short)(i + 1), shake);
            }
        }

        _crossings.Clear();
        var queues = new double[_road.Lanes];
        var counts = new int[_road.Lanes];
        var occupied = new double[_road.Lanes];
        double speeds = 0;
        for (int lane = 0; lane < _road.Lanes; lane++)
        {
            float first = float.MinValue, last = float.MaxValue;
            foreach (SceneVehicle v in _traffic.Lanes[lane])
            {
                Cross(v, time);
                float front = PositionOf(v), rear = front - v.Shape.Length;
                if (front <= 0 || rear >= _road.Length)
                {
                    continue;
                }

                float within = Math.Min(front, _road.Length) - Math.Max(rear, 0);
                occupied[lane] += within * v.Shape.Width / (_road.Length * _road.LaneWidth);
                if ((front + rear) / 2 is > 0 and var middle && middle < _road.Length)
                {
                    counts[lane]++;
                    speeds += v.Speed * 3.6;
                }

                if (v.Speed < QueueSpeed)
                {
                    first = Math.Max(first, Math.Min(front, _road.Length));
                    last = Math.Min(last, Math.Max(rear, 0));
                }
            }

            queues[lane] = Math.Max(0, first - last);
        }

        int all = counts.Sum();
        return new SceneTruth
        {
            Time = time,
            Vehicles = vehicles,
            Crossings = [.. _crossings],
            QueueM = queues,
            Count = counts,
            OccupiedByLane = occupied,
            Occupied = occupied.Average(),
            SpeedKmh = all == 0 ? null : speeds / all,
            Signal = _traffic.Signal,
            Shake = shake,
            Mask = _canvas.Mask,
            Objects = _canvas.Objects,
        };
    }

    private TruthVehicle TruthOf(Drawn drawn, SceneVehicle v, short owner, Vector2 shake)
    {
        float h = v.Shape.Length / 2, w = v.Shape.Width / 2;
        Vector2 along = drawn.Direction, left = new(-drawn.Direction.Y, drawn.Direction.X);
        Vector2 Corner(float a, float b) => drawn.Place + (along * a) + (left * b);
        Vector3 contact = Camera.ToCamera(new Vector3(drawn.Place, 0));
        Vector4 box = drawn.Box;
        bool seen = box.Z > 0 && box.W > 0 && box.X < Options.Width && box.Y < Options.Height && box.X <= box.Z;
        int shown = _canvas.Painted[owner];
        return new TruthVehicle
        {
            Id = v.Id,
            Class = v.Shape.Class,
            Lane = _road.IsOpposing(v.Lane) ? v.Lane - _road.Lanes + 1 : v.Lane + 1,
            Approaching = !_road.IsOpposing(v.Lane),
            WrongWay = v.WrongWay,
            Movement = v.Shape.Movement,
            Emergency = v.Shape.Emergency,
            PositionM = PositionOf(v),
            SpeedKmh = v.Speed * 3.6,
            AccelerationMs2 = v.Acceleration,
            SizeM = new Vector3(v.Shape.Length, v.Shape.Width, v.Shape.Height),
            FootprintM = [Corner(-h, w), Corner(-h, -w), Corner(h, -w), Corner(h, w)],
            Left = box.X + shake.X,
            Top = box.Y + shake.Y,
            Right = box.Z + shake.X,
            Bottom = box.W + shake.Y,
            Contact = contact.Z > SceneCamera.NearestM ? Camera.ToPixel(contact) + shake : new Vector2(float.NaN, float.NaN),
            Visible = seen && shown > 0 ? Math.Min(1, _pixelsLeft[owner] / (double)shown) : 0,
            ObjectNumber = owner,
        };
    }

    /// <summary>Way of the front bumper from the far end of the measured stretch.</summary>
    private float PositionOf(SceneVehicle v) =>
        _road.IsOpposing(v.Lane) ? v.Way - _road.StopY : v.Way - (_road.EntryY - _road.FarY);

    private void Cross(SceneVehicle v, DateTimeOffset time)
    {
        float line = _road.EntryY - _road.LineY;
        bool on = v.Rear < line && v.Way >= line;
        if (on && double.IsNaN(v.OnLine))
        {
            v.OnLine = v.Speed < 0.05f ? _traffic.Now : _traffic.Now - Back(v.WrongWay ? line - v.Rear : v.Way - line, v.Speed);
            return;
        }

        float passed = v.WrongWay ? line - v.Way : v.Rear - line;
        bool left = passed > 0 && passed <= v.Speed * _traffic.StepSeconds * 1.5;
        if (left && !v.Crossed)
        {
            v.Crossed = true;
            DateTimeOffset last = time.AddSeconds(-Back(passed, v.Speed));
            DateTimeOffset? first = double.IsNaN(v.OnLine) ? null : time.AddSeconds(v.OnLine - _traffic.Now);
            _crossings.Add(new TruthCrossing(
                v.Id, v.Shape.Class, v.Lane + 1, first, last, v.WrongWay, v.Speed * 3.6));
        }
    }

    /// <summary>Time since a vehicle was so far back, s: within the last frame.</summary>
    private double Back(float way, float speed) => Math.Min(_traffic.StepSeconds, way / Math.Max(0.05, speed));

    private void CountPixels()
    {
        Array.Clear(_pixelsLeft);
        foreach (short owner in _canvas.Objects)
        {
            _pixelsLeft[owner]++;
        }
    }
}

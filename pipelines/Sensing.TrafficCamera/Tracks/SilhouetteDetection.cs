using Sensing.TrafficCamera.Background;
using Sensing.TrafficCamera.Setup;

namespace Sensing.TrafficCamera.Tracks;

/// <summary>From a foreground mask to vehicles: boxes on the road whose silhouettes explain the foreground, from near
/// to far.</summary>
/// <remarks>The nearest foreground touches the road where it is seen, since nothing hides it. A box is fitted to it,
/// what its silhouette covers is explained, and the next nearest of what is left follows: a vehicle behind it is what
/// looks out. So two that overlap in the picture, behind each other or side by side, come apart by the size of vehicles
/// and not by a gap between them, and one that is cut by a window, a pole or a branch stays one. Sizes may be wrong by
/// a third: set-ups are.</remarks>
public sealed partial class SilhouetteDetection
{
    private const byte Free = 1, Taken = 2, Doubtful = 4;

    /// <summary>Least share of a silhouette that is foreground: a box is a fifth larger than the car in it, and windows
    /// may look like road.</summary>
    private const double LeastCover = 0.55;

    /// <summary>A vehicle of which more is hidden than this is not found anew.</summary>
    private const double MostHidden = 0.6;

    /// <summary>Least part of a silhouette that is foreground for certain, not shadow or hidden.</summary>
    private const double LeastCertain = 0.15;

    /// <summary>Least size of what is seen, pixels: below it a silhouette is noise.</summary>
    private const int LeastPixels = 60;

    /// <summary>A vehicle whose middle is not farther outside the carriageway is on it, m: polygons are drawn by hand.</summary>
    private const double OnEdge = 0.6;

    /// <summary>How far outside the carriageway vehicles are fitted, m: those of a lane beside it explain what they show over it.</summary>
    private const double Beyond = 3;

    /// <summary>Least part of a silhouette within the picture.</summary>
    private const double LeastInside = 0.35;

    /// <summary>What is tried: cars of three sizes, since set-ups have wrong scales, and of other shapes; the rarer a
    /// shape, the more it must explain.</summary>
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
    /// <param name="boxes">What a detection model found in the frame; these come first, and the foreground adds what
    /// the model has missed.</param>
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

    /// <summary>A model's box on the road: its bottom is where the vehicle touches it.</summary>
    private void Place(DetectedBox found)
    {
        double middle = ((found.Box.Left + found.Box.Right) / 2) - _shiftX, bottom = found.Box.Bottom - _shiftY;
        if (_road.RoadAt(middle, bottom) is not { } near || near.AlongM < -8 || near.AlongM > _road.Options.LengthM
            || found.Box.Right <= found.Box.Left || found.Box.Bottom <= found.Box.Top)
        {
            return;
        }

        // The box spans the vehicle's flank as well as its front: the contact is where a silhouette of its class has
        // the same middle.
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

        if (contact.AcrossM >= -OnEdge && contact.AcrossM <= _road.Options.WidthM + OnEdge)
        {
            Take(new Fit(contact, size, found.Class, 1, found.Score));
        }
    }

    private record struct Fit(RoadPoint Contact, VehicleSize Size, VehicleClass Class, double Value, double Cover);
}

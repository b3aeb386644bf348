using System.Numerics;
using Sensing.Vision.Frames;

namespace Sensing.TrafficCamera.Synthetic;

/// <summary>Painting: shadows and beams on the ground, then whatever stands on it from far to near.</summary>
public sealed partial class TrafficScene
{
    /// <summary>Vehicles appear and vanish over so long a way, m.</summary>
    private const float FadeM = 30;

    private void Paint(Frame frame, double seconds)
    {
        _canvas.Begin(frame);
        _drawn.Clear();
        foreach (IReadOnlyList<SceneVehicle> lane in _traffic.Lanes)
        {
            foreach (SceneVehicle vehicle in lane)
            {
                (Vector2 place, Vector2 direction) = vehicle.Pose(_road);
                _drawn.Add(new Drawn(vehicle, -1, place, direction, DepthOf(place), VehicleParts.Of(vehicle.Shape)));
            }
        }

        for (int i = 0; i < _pedestrians.Count; i++)
        {
            Vector2 place = _pedestrians.At(i, seconds);
            _drawn.Add(new Drawn(null, i, place, default, DepthOf(place), []));
        }

        _drawn.Sort(static (a, b) => b.Depth.CompareTo(a.Depth));
        foreach (Drawn item in _drawn)
        {
            if (item.Vehicle is { } vehicle && item.Depth > -10)
            {
                _painter.Place(item.Place, item.Direction);
                _painter.DrawShadow(item.Parts, vehicle.Shape, AlphaOf(item.Place));
            }
        }

        foreach (Drawn item in _drawn)
        {
            if (item.Vehicle is { } vehicle)
            {
                _painter.Place(item.Place, item.Direction);
                _painter.DrawBeams(vehicle.Shape, AlphaOf(item.Place));
            }
        }

        for (int i = 0; i < _drawn.Count; i++)
        {
            Drawn item = _drawn[i];
            if (item.Vehicle is not { } vehicle)
            {
                _pedestrians.Draw(_canvas, item.Pedestrian, seconds, (short)(i + 1));
                continue;
            }

            _painter.Place(item.Place, item.Direction);
            _painter.DrawBody(item.Parts, vehicle.Shape, AlphaOf(item.Place), (short)(i + 1));
            _painter.DrawLamps(vehicle.Shape, vehicle, seconds, _exposure);
            (float left, float top, float right, float bottom) = _painter.Extent;
            _drawn[i] = item with { Box = new Vector4(left, top, right, bottom) };
        }
    }

    private float DepthOf(Vector2 place) => Camera.ToCamera(new Vector3(place, 0)).Z;

    private float AlphaOf(Vector2 place) => Math.Clamp((_road.EntryY - place.Y) / FadeM, 0, 1);

    /// <summary>Something that stands on the ground of this frame.</summary>
    private readonly record struct Drawn(
        SceneVehicle? Vehicle, int Pedestrian, Vector2 Place, Vector2 Direction, float Depth, SolidPart[] Parts)
    {
        public Vector4 Box { get; init; }
    }
}

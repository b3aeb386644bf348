using System.Numerics;

namespace Sensing.TrafficCamera.Synthetic;

/// <summary>Draws vehicles: faces towards the camera, glass, wheels, lamps.</summary>
internal sealed partial class VehiclePainter(Canvas canvas, SceneCamera camera, SceneLight light)
{
    private static readonly Rgb Glass = new(0.025f, 0.03f, 0.035f);

    // Corners of the five faces that can be seen: rear, front, left, right, top; anticlockwise from outside.
    private static readonly int[][] Faces =
        [[0, 1, 5, 4], [2, 3, 7, 6], [3, 0, 4, 7], [1, 2, 6, 5], [4, 5, 6, 7]];

    private readonly Vector3[] _corners = new Vector3[8];
    private readonly Vector3[] _quad = new Vector3[4];
    private readonly Vector3[] _clipped = new Vector3[16];
    private readonly Vector2[] _pixels = new Vector2[16];
    private Vector3 _origin;
    private Vector3 _along;
    private Vector3 _left;
    private float _alpha;
    private short _owner;

    /// <summary>What has been drawn of the last vehicle: left, top, right, bottom, not cut at the picture's edge.</summary>
    public (float Left, float Top, float Right, float Bottom) Extent { get; private set; }

    /// <summary>Where the vehicle's axes lie.</summary>
    public void Place(Vector2 place, Vector2 direction)
    {
        _origin = new Vector3(place, 0);
        _along = new Vector3(direction, 0);
        _left = new Vector3(-direction.Y, direction.X, 0);
    }

    public Vector3 World(Vector3 local) => _origin + (_along * local.X) + (_left * local.Y) + new Vector3(0, 0, local.Z);

    /// <summary>Shadow on the road: under the vehicle always, the sun's where it shines.</summary>
    public void DrawShadow(SolidPart[] parts, VehicleShape shape, float alpha)
    {
        float h = shape.Length / 2, w = shape.Width / 2, spread = light.CastsShadows ? 0.05f : 0.18f;
        float factor = light.Night ? 0.75f : light.CastsShadows ? light.ShadowFactor : 0.72f;
        Span<Vector3> ground =
        [
            World(new(-h - spread, w + spread, 0)), World(new(-h - spread, -w - spread, 0)),
            World(new(h + spread, -w - spread, 0)), World(new(h + spread, w + spread, 0)),
        ];
        if (light.CastsShadows)
        {
            foreach (SolidPart part in parts)
            {
                CastShadow(part, 1 - ((1 - factor) * alpha));
            }
        }

        if (Project(ground) is var count and > 2)
        {
            canvas.Shade(_pixels.AsSpan(0, count), 1 - ((1 - factor) * alpha), mark: light.CastsShadows);
        }
    }

    private void CastShadow(SolidPart part, float factor)
    {
        part.Corners(_corners);
        Span<Vector2> ground = stackalloc Vector2[8], hull = stackalloc Vector2[17];
        for (int i = 0; i < 8; i++)
        {
            Vector3 shadow = light.ShadowOf(World(_corners[i]));
            ground[i] = new Vector2(shadow.X, shadow.Y);
        }

        int corners = ConvexHull.Of(ground, hull);
        Span<Vector3> outline = stackalloc Vector3[8];
        for (int i = 0; i < corners; i++)
        {
            outline[i] = new Vector3(hull[i], 0);
        }

        if (Project(outline[..corners]) is var count and > 2)
        {
            canvas.Shade(_pixels.AsSpan(0, count), factor);
        }
    }

    /// <summary>Draws the body; <see cref="Extent"/> is valid after it.</summary>
    public void DrawBody(SolidPart[] parts, VehicleShape shape, float alpha, short owner)
    {
        _alpha = alpha;
        _owner = owner;
        Extent = (float.MaxValue, float.MaxValue, float.MinValue, float.MinValue);
        float distance = Vector3.Distance(_origin, camera.Position);
        float pixelsPerMetre = camera.FocalPx / distance;
        bool farFirst = shape.Class == SceneVehicleClass.Truck
            && Vector3.Dot(camera.Position - _origin, _along) < 0;
        for (int i = 0; i < parts.Length; i++)
        {
            // Of a truck that drives away the cab is further than the body.
            int part = farFirst && i > 0 ? (i == parts.Length - 1 ? 1 : i + 1) : i;
            DrawPart(parts[part], distance, pixelsPerMetre);
            bool wheelsNow = i == (shape.Class == SceneVehicleClass.Truck ? parts.Length - 1 : 1);
            if (wheelsNow && pixelsPerMetre > 7 && shape.Class != SceneVehicleClass.TwoWheeler)
            {
                DrawWheels(shape, distance);
            }
        }
    }

    private void DrawPart(SolidPart part, float distance, float pixelsPerMetre)
    {
        part.Corners(_corners);
        for (int face = 0; face < Faces.Length; face++)
        {
            for (int i = 0; i < 4; i++)
            {
                _quad[i] = World(_corners[Faces[face][i]]);
            }

            Vector3 normal = Vector3.Normalize(Vector3.Cross(_quad[1] - _quad[0], _quad[2] - _quad[1]));
            Vector3 middle = (_quad[0] + _quad[2]) / 2;
            if (Vector3.Dot(normal, camera.Position - middle) <= 0)
            {
                continue;
            }

            Rgb lit = light.On(normal, middle) * light.Exposure;
            // A painted surface mirrors some sky: more towards its upper edge.
            Rgb paint = (part.Paint * lit) + (light.Tint * (light.Ambient * light.Exposure * 0.025f));
            Ycc upper = light.Through(paint * 1.06f, distance).Encode();
            Ycc lower = face == 4 ? upper : light.Through(paint * 0.86f, distance).Encode();
            Paint(_quad, upper, lower, measured: true);
            float glass = face switch { 0 => part.GlassRear, 1 => part.GlassFront, 2 or 3 => part.GlassSides, _ => 0 };
            if (glass > 0 && pixelsPerMetre > 4)
            {
                DrawGlass(face, glass, distance);
            }
        }
    }

    private void DrawGlass(int face, float share, float distance)
    {
        // The quad runs lower edge, then upper edge reversed; glass fills `share` of its height below the upper edge.
        float edge = face is 2 or 3 ? 0.05f : 0.08f;
        float high = 0.9f, low = Math.Max(0.06f, high - share);
        Vector3 a = _quad[0], b = _quad[1], c = _quad[2], d = _quad[3];
        Vector3 At(float along, float up) => Vector3.Lerp(Vector3.Lerp(a, b, along), Vector3.Lerp(d, c, along), up);
        Span<Vector3> pane = [At(edge, low), At(1 - edge, low), At(1 - edge, high), At(edge, high)];
        Rgb sky = light.Night ? new Rgb(0.004f, 0.004f, 0.005f) : new Rgb(0.09f, 0.105f, 0.125f) * light.Ambient;
        Rgb dark = Glass * (light.Ambient * light.Exposure);
        Ycc upper = light.Through(dark + (sky * light.Exposure * 1.3f), distance).Encode();
        Ycc lower = light.Through(dark + (sky * light.Exposure * 0.25f), distance).Encode();
        Paint(pane, upper, lower, measured: false);
        if (face is 2 or 3)
        {
            // The pillar between the doors.
            Span<Vector3> pillar = [At(0.52f, low), At(0.56f, low), At(0.56f, high), At(0.52f, high)];
            Paint(pillar, lower, lower, measured: false);
        }
    }

    private void DrawWheels(VehicleShape shape, float distance)
    {
        float radius = shape.Class is SceneVehicleClass.Truck or SceneVehicleClass.Bus ? 0.5f : 0.33f;
        float h = shape.Length / 2;
        float front = h - (shape.Class is SceneVehicleClass.Truck ? 1.4f : shape.Class == SceneVehicleClass.Bus ? 2.7f : 0.85f);
        float rear = -h + (shape.Class is SceneVehicleClass.Truck ? 1.8f : shape.Class == SceneVehicleClass.Bus ? 3.2f : 0.8f);
        float side = Vector3.Dot(camera.Position - _origin, _left) > 0 ? 1 : -1;
        Ycc tyre = light.See(Rgb.Grey(0.025f), _left * side, _origin, distance);
        Ycc rim = light.See(Rgb.Grey(0.22f), _left * side, _origin, distance);
        Wheel(front, side, radius, shape.Width, tyre, rim);
        Wheel(rear, side, radius, shape.Width, tyre, rim);
        if (shape.Length > 13)
        {
            Wheel(rear + 1.3f, side, radius, shape.Width, tyre, rim);
        }
    }

    private void Wheel(float along, float side, float radius, float width, Ycc tyre, Ycc rim)
    {
        Span<Vector3> outer = stackalloc Vector3[10], inner = stackalloc Vector3[10];
        for (int i = 0; i < 10; i++)
        {
            (float sin, float cos) = MathF.SinCos(i * MathF.PI / 5);
            outer[i] = World(new(along + (radius * cos), side * ((width / 2) + 0.01f), radius + (radius * sin)));
            inner[i] = World(new(along + (radius * 0.55f * cos), side * ((width / 2) + 0.01f), radius + (radius * 0.55f * sin)));
        }

        Paint(outer, tyre, tyre, measured: true);
        Paint(inner, rim, rim, measured: false);
    }

    private void Paint(ReadOnlySpan<Vector3> polygon, Ycc upper, Ycc lower, bool measured)
    {
        int count = Project(polygon);
        if (count < 3)
        {
            return;
        }

        ReadOnlySpan<Vector2> pixels = _pixels.AsSpan(0, count);
        canvas.Fill(pixels, upper, lower, _alpha, _owner);
        if (measured)
        {
            (float left, float top, float right, float bottom) = Extent;
            foreach (Vector2 p in pixels)
            {
                left = Math.Min(left, p.X);
                top = Math.Min(top, p.Y);
                right = Math.Max(right, p.X);
                bottom = Math.Max(bottom, p.Y);
            }

            Extent = (left, top, right, bottom);
        }
    }

    /// <summary>Pixels of a polygon, cut at the nearest plane (Sutherland and Hodgman, 1974).</summary>
    private int Project(ReadOnlySpan<Vector3> polygon)
    {
        int count = 0;
        Vector3 a = camera.ToCamera(polygon[^1]);
        foreach (Vector3 point in polygon)
        {
            Vector3 b = camera.ToCamera(point);
            if (a.Z >= SceneCamera.NearestM != b.Z >= SceneCamera.NearestM)
            {
                _clipped[count++] = Vector3.Lerp(a, b, (SceneCamera.NearestM - a.Z) / (b.Z - a.Z));
            }

            if (b.Z >= SceneCamera.NearestM)
            {
                _clipped[count++] = b;
            }

            a = b;
        }

        for (int i = 0; i < count; i++)
        {
            _pixels[i] = camera.ToPixel(_clipped[i]);
        }

        return count;
    }
}

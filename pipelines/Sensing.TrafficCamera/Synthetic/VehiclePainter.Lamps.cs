using System.Numerics;

namespace Sensing.TrafficCamera.Synthetic;

/// <summary>Lamps: what shines, its glow, and what the wet road mirrors of it.</summary>
internal sealed partial class VehiclePainter
{
    private static readonly Rgb White = new(1, 0.96f, 0.86f);
    private static readonly Rgb Red = new(1, 0.04f, 0.02f);
    private static readonly Rgb Amber = new(1, 0.42f, 0.02f);

    /// <summary>The light that headlights throw on the road, before anything that stands on it.</summary>
    public void DrawBeams(VehicleShape shape, float alpha)
    {
        if (!light.Night)
        {
            return;
        }

        float front = (shape.Length / 2) + 9;
        Vector3 middle = World(new(front, 0, 0));
        Vector3 depth = camera.ToCamera(middle);
        if (depth.Z < 4)
        {
            return;
        }

        Vector2 centre = camera.ToPixel(depth);
        Vector2 end = camera.Project(World(new(front + (Vector3.Dot(_along, Vector3.UnitY) < 0 ? -7 : 7), 0, 0)));
        float radiusX = camera.FocalPx / depth.Z * 2.4f;
        canvas.Glow(centre, radiusX, Math.Max(2, Math.Abs(end.Y - centre.Y)), new Ycc(52, 122, 133), alpha);
    }

    /// <summary>Lamps of the body just drawn.</summary>
    /// <param name="shape">The vehicle.</param>
    /// <param name="vehicle">Its state: brakes, defect.</param>
    /// <param name="seconds">Time of the frame.</param>
    /// <param name="exposure">Exposure, s.</param>
    public void DrawLamps(VehicleShape shape, SceneVehicle vehicle, double seconds, double exposure)
    {
        float distance = Vector3.Distance(_origin, camera.Position);
        bool facing = Vector3.Dot(camera.Position - _origin, _along) > 0;
        bool two = shape.Class == SceneVehicleClass.TwoWheeler;
        float h = shape.Length / 2, w = two ? 0 : (shape.Width / 2) - 0.24f;
        float lampHeight = shape.Class switch
        {
            SceneVehicleClass.Truck or SceneVehicleClass.Bus => 0.85f,
            SceneVehicleClass.TwoWheeler => 0.8f,
            _ => 0.66f,
        };
        float end = facing ? h + 0.02f : -h - 0.02f;
        bool braking = vehicle.Acceleration < -0.6f || (vehicle.Speed < 0.3f && !vehicle.BrokenDown);
        foreach (int side in two ? [0] : new ReadOnlySpan<int>([-1, 1]))
        {
            var lamp = new Vector3(end, side * w, facing ? lampHeight : lampHeight + 0.16f);
            if (facing)
            {
                Lamp(lamp, 0.2f, 0.08f, light.HeadlightsOn ? White : Rgb.Grey(0.34f), light.HeadlightsOn, distance, 1);
            }
            else
            {
                Rgb red = Red * (braking ? 1 : light.HeadlightsOn ? 0.45f : 0.16f);
                Lamp(lamp, 0.12f, 0.09f, red, light.HeadlightsOn || braking, distance, braking ? 0.55f : 0.3f);
            }

            bool turning = shape.Movement != SceneMovement.Straight
                && side == (shape.Movement == SceneMovement.Right ? -1 : 1);
            if ((turning || vehicle.BrokenDown) && ((seconds * 1.5) + (vehicle.Number * 0.37)) % 1 < 0.5)
            {
                Lamp(lamp with { Y = side * (w + 0.16f) }, 0.09f, 0.09f, Amber, true, distance, 0.4f);
            }
        }

        if (shape.Taxi)
        {
            DrawSign(shape, distance);
        }

        if (shape.Emergency != SceneEmergency.None)
        {
            DrawLightBar(shape, distance, seconds, exposure);
        }
    }

    private void DrawSign(VehicleShape shape, float distance)
    {
        var sign = SolidPart.Box(-0.35f, -0.1f, 0.5f, shape.Height, shape.Height + 0.2f, new Rgb(0.75f, 0.6f, 0.08f));
        DrawPart(sign, distance, 0);
        if (light.HeadlightsOn)
        {
            Lamp(new Vector3(-0.2f, 0, shape.Height + 0.1f), 0.2f, 0.08f, new Rgb(1, 0.8f, 0.2f), true, distance, 0.3f);
        }
    }

    private void DrawLightBar(VehicleShape shape, float distance, double seconds, double exposure)
    {
        float at = shape.Class switch
        {
            SceneVehicleClass.Car => -0.3f,
            SceneVehicleClass.Van => (shape.Length / 2) - 2.1f,
            _ => (shape.Length / 2) - 1.1f,
        };
        float roof = shape.Class == SceneVehicleClass.Truck ? 2.95f : shape.Height;
        float half = shape.Class == SceneVehicleClass.Car ? 0.5f : 0.7f;
        Rgb housing = new Rgb(0.03f, 0.08f, 0.3f);
        DrawPart(SolidPart.Box(at - 0.15f, at + 0.15f, half * 2.1f, roof, roof + 0.17f, housing), distance, 0);
        Rgb colour = LightBar.Colour(shape.Emergency);
        for (int lamp = 0; lamp < 2; lamp++)
        {
            float lit = LightBar.Lit(shape.Emergency, lamp, seconds, exposure);
            if (lit > 0.02f)
            {
                float side = lamp == 0 ? half * 0.55f : -half * 0.55f;
                Lamp(new Vector3(at, side, roof + 0.1f), half * 0.5f, 0.11f, colour * lit, true, distance, 1.2f * lit);
            }
        }
    }

    /// <summary>A lamp as a bright patch, with its glow and its mirror image on a wet road.</summary>
    private void Lamp(Vector3 place, float halfWidth, float halfHeight, Rgb colour, bool shines, float distance, float power)
    {
        Vector3 world = World(place), eye = camera.ToCamera(world);
        if (eye.Z < 2)
        {
            return;
        }

        float scale = camera.FocalPx / eye.Z, rx = Math.Max(0.35f, halfWidth * scale), ry = Math.Max(0.35f, halfHeight * scale);
        Vector2 p = camera.ToPixel(eye);
        Ycc code = light.Through(colour, shines ? distance * 0.5f : distance).Encode();
        Span<Vector2> patch = [new(p.X - rx, p.Y - ry), new(p.X + rx, p.Y - ry), new(p.X + rx, p.Y + ry), new(p.X - rx, p.Y + ry)];
        canvas.Fill(patch, code, code, _alpha, 0);
        if (!shines)
        {
            return;
        }

        // By day lamps outshine little around them; at night they bleed over the lens.
        float reach = (light.Night ? 0.75f : 0.28f) * scale * MathF.Sqrt(power) + 1.2f;
        float strength = (light.Night ? 0.62f : 0.3f) * _alpha * Math.Min(1, power + 0.2f);
        canvas.Glow(p, reach, reach, code, strength);
        if (light.Wet > 0 && place.Z < 2.4f)
        {
            Vector2 mirrored = camera.Project(world with { Z = -world.Z });
            float length = Math.Max(2, (mirrored.Y - p.Y) * 0.9f);
            canvas.Glow(mirrored, rx + (0.12f * scale), length, code, light.Wet * strength * (light.Night ? 0.9f : 0.7f));
        }
    }
}

using System.Numerics;

namespace Sensing.TrafficCamera.Synthetic;

/// <summary>What the ground looks like: asphalt with wheel tracks and patches, markings, kerbs, pavement, grass.</summary>
internal sealed class GroundTexture(SceneOptions options, SceneRoad road, SceneLight light, Surroundings around)
{
    private const float PavementM = 3.2f;

    private readonly uint _seed = (uint)SceneRandom.Mix((ulong)options.Seed);

    /// <summary>Light from a place of the ground.</summary>
    /// <param name="place">Where.</param>
    /// <param name="footprint">Length along the road that a pixel covers, m: finer texture is left out.</param>
    /// <param name="distance">From the camera, m.</param>
    public Rgb At(Vector3 place, float footprint, float distance)
    {
        Rgb albedo = Albedo(place.X, place.Y, footprint);
        Rgb lit = light.On(Vector3.UnitZ, place);
        if (light.CastsShadows)
        {
            float shade = around.ShadeAt(place.X, place.Y);
            lit = Rgb.Lerp(lit, light.Tint * light.Ambient, shade);
        }

        Rgb colour = albedo * lit;
        if (light.Wet > 0)
        {
            // A wet road is darker and mirrors the sky at a grazing angle (Schlick's approximation, water F0 = 0.02).
            float grazing = MathF.Pow(1 - Math.Clamp((float)options.CameraHeightM / distance, 0, 1), 5);
            float puddle = 0.4f + (0.6f * ValueNoise.At(place.X * 0.7f, place.Y * 0.25f, _seed + 9));
            Rgb sky = light.Night ? light.On(Vector3.UnitZ, place) * 0.06f : light.Tint * (light.Ambient * 0.55f);
            colour = (colour * (1 - (0.35f * light.Wet))) + (sky * (light.Wet * puddle * (0.02f + (0.98f * grazing)) * 0.5f));
        }

        return colour;
    }

    private Rgb Albedo(float x, float y, float footprint)
    {
        // The crossing road lies before the stop line.
        bool crossing = y < road.StopY - 1.5f && y > road.StopY - 17;
        float kerb = Math.Max(road.LeftKerb - x, x - road.RightKerb);
        if (kerb < 0 || crossing)
        {
            Rgb asphalt = Asphalt(x, y, footprint, crossing && kerb > -0.5f);
            float paint = crossing ? 0 : Marking(x, y);
            float wear = 0.62f + (0.38f * Detail(x * 6, y * 6, footprint * 6, 3));
            return paint > 0 ? Rgb.Lerp(asphalt, new Rgb(0.5f, 0.5f, 0.47f), paint * wear) : asphalt;
        }

        if (kerb < 0.18f)
        {
            return Rgb.Grey(0.3f + (0.05f * Detail(x * 3, y * 1.1f, footprint, 4)));
        }

        if (kerb < PavementM)
        {
            // Slabs of 0.5 m with dark joints, where they can be resolved.
            float joint = footprint < 0.5f && (Fraction(y / 0.5f) < 0.08f || Fraction(kerb / 0.5f) < 0.06f) ? 0.82f : 1;
            float slab = ValueNoise.Cell((int)MathF.Floor(kerb / 0.5f), (int)MathF.Floor(y / 0.5f), _seed + 5);
            return new Rgb(0.235f, 0.225f, 0.21f) * (joint * (0.9f + (0.2f * Fade(slab, footprint))));
        }

        float tuft = Detail(x * 2.5f, y * 2.5f, footprint * 2.5f, 6), patch = ValueNoise.At(x * 0.25f, y * 0.12f, _seed + 7);
        return new Rgb(0.055f + (0.05f * patch), 0.095f + (0.03f * patch), 0.03f) * (0.65f + (0.7f * tuft));
    }

    private Rgb Asphalt(float x, float y, float footprint, bool plain)
    {
        float grain = Detail(x * 14, y * 14, footprint * 14, 1), cloud = ValueNoise.At(x * 0.5f, y * 0.12f, _seed + 2);
        float tone = 0.118f * (0.86f + (0.16f * grain) + (0.16f * cloud));
        if (!plain)
        {
            // Wheels polish two tracks in each lane; oil darkens its middle.
            float lane = Fraction((x - road.LeftKerb - 0.5f) / road.LaneWidth);
            float wheels = MathF.Exp(-Square((Math.Abs(lane - 0.5f) - 0.24f) / 0.07f));
            float oil = MathF.Exp(-Square((lane - 0.5f) / 0.08f)) * ValueNoise.At(x * 1.2f, y * 0.08f, _seed + 8);
            tone *= 1 + (0.07f * wheels) - (0.16f * oil);
        }

        // Repaired patches, newer and darker.
        int column = (int)MathF.Floor(x / 2.3f), row = (int)MathF.Floor(y / 5.5f);
        if (ValueNoise.Cell(column, row, _seed + 11) > 0.94f
            && Fraction(x / 2.3f) is > 0.15f and < 0.85f && Fraction(y / 5.5f) is > 0.2f and < 0.75f)
        {
            tone *= 0.78f;
        }

        return new Rgb(tone, tone * 0.995f, tone * 0.98f);
    }

    /// <summary>Road paint at a place, 0…1.</summary>
    private float Marking(float x, float y)
    {
        if (y < road.StopY - 0.4f)
        {
            return 0;
        }

        bool approach = x < 0;
        if (options.Signal && approach && y < road.StopY + 0.1f && x > road.LeftKerb + 0.5f)
        {
            return 1;
        }

        // The median: two solid lines.
        if (Math.Abs(Math.Abs(x) - 0.14f) < 0.06f)
        {
            return 1;
        }

        if (Math.Abs(x - road.LeftKerb - 0.5f) < 0.06f || Math.Abs(road.RightKerb - 0.5f - x) < 0.06f)
        {
            return 0.9f;
        }

        int lanes = approach ? road.Lanes : road.OpposingLanes;
        float outer = approach ? x - road.LeftKerb - 0.5f : road.RightKerb - 0.5f - x;
        float line = outer / road.LaneWidth, nearest = MathF.Round(line);
        if (nearest < 1 || nearest >= lanes || Math.Abs(line - nearest) * road.LaneWidth > 0.06f)
        {
            return 0;
        }

        // Guide lines: 3 m long every 9 m, solid before the stop line.
        return (options.Signal && approach && y < road.StopY + 14) || Fraction(y / 9) < 1 / 3f ? 1 : 0;
    }

    private float Detail(float x, float y, float footprint, uint seed) => Fade(ValueNoise.At(x, y, _seed + seed), footprint);

    /// <summary>Towards the mean where a pixel covers several features.</summary>
    private static float Fade(float value, float footprint) => 0.5f + ((value - 0.5f) / (1 + (0.8f * footprint)));

    private static float Fraction(float value) => value - MathF.Floor(value);

    private static float Square(float value) => value * value;
}

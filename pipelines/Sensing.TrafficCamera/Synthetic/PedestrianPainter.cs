using System.Numerics;

namespace Sensing.TrafficCamera.Synthetic;

/// <summary>People who walk along the pavements: their places follow from the time alone.</summary>
internal sealed class PedestrianPainter(SceneOptions options, SceneRoad road, SceneCamera camera, SceneLight light)
{
    private const float Nearest = 12;

    private readonly float _range = road.FarY + 20 - Nearest;

    public int Count => options.Pedestrians;

    /// <summary>Place of a pedestrian; <c>X</c> across, <c>Y</c> along the road.</summary>
    public Vector2 At(int index, double seconds)
    {
        var random = new SceneRandom(options.Seed, index, 0x9ed);
        bool left = random.NextDouble() < 0.5;
        double speed = random.Uniform(1.1, 1.6) * (random.NextDouble() < 0.5 ? 1 : -1);
        double along = ((random.NextDouble() * _range) + (speed * seconds)) % _range;
        along = along < 0 ? along + _range : along;
        double aside = random.Uniform(1.1, 2.6);
        return new Vector2((float)(left ? road.LeftKerb - aside : road.RightKerb + aside), Nearest + (float)along);
    }

    public void Draw(Canvas canvas, int index, double seconds, short owner)
    {
        Vector2 place = At(index, seconds);
        var foot = new Vector3(place, 0);
        Vector3 eye = camera.ToCamera(foot);
        if (eye.Z < 4)
        {
            return;
        }

        var random = new SceneRandom(options.Seed, index, 0xd1e5);
        float distance = Vector3.Distance(foot, camera.Position), scale = camera.FocalPx / eye.Z;
        float height = (float)random.Uniform(1.6, 1.85);
        Vector2 head = camera.Project(foot with { Z = height });
        Vector2 ground = camera.ToPixel(eye);
        float tall = ground.Y - head.Y;
        Ycc coat = light.See(Coat(ref random), Vector3.UnitZ * 0.6f, foot, distance);
        Ycc trousers = light.See(Rgb.Grey((float)random.Uniform(0.02, 0.14)), Vector3.UnitZ * 0.3f, foot, distance);
        Ycc skin = light.See(new Rgb(0.38f, 0.24f, 0.17f), Vector3.UnitZ * 0.6f, foot, distance);
        float step = (float)Math.Sin((seconds * 6.2) + index) * 0.22f * scale, half = 0.09f * scale;
        Leg(canvas, ground, step, half, tall, trousers, owner);
        Leg(canvas, ground, -step, half, tall, trousers, owner);
        float shoulder = 0.24f * scale, hip = 0.17f * scale;
        float neck = head.Y + (tall * 0.15f), waist = ground.Y - (tall * 0.46f);
        canvas.Fill(
            [new(ground.X - shoulder, neck), new(ground.X + shoulder, neck), new(ground.X + hip, waist), new(ground.X - hip, waist)],
            coat, coat, 1, owner);
        float radius = 0.11f * scale;
        Span<Vector2> round = stackalloc Vector2[8];
        for (int i = 0; i < 8; i++)
        {
            (float sin, float cos) = MathF.SinCos(i * MathF.PI / 4);
            round[i] = new(ground.X + (radius * cos), head.Y + (radius * 1.2f * (1 + sin)));
        }

        canvas.Fill(round, skin, skin, 1, owner);
    }

    private static void Leg(Canvas canvas, Vector2 ground, float step, float half, float tall, Ycc colour, short owner)
    {
        float hip = ground.Y - (tall * 0.5f);
        canvas.Fill(
            [
                new(ground.X - half, hip), new(ground.X + half, hip),
                new(ground.X + step + half, ground.Y), new(ground.X + step - half, ground.Y),
            ],
            colour, colour, 1, owner);
    }

    private static Rgb Coat(ref SceneRandom random) => random.Below(5) switch
    {
        0 => new Rgb(0.3f, 0.05f, 0.05f),
        1 => new Rgb(0.05f, 0.08f, 0.22f),
        2 => Rgb.Grey(0.3f),
        3 => new Rgb(0.25f, 0.2f, 0.08f),
        _ => Rgb.Grey(0.05f),
    };
}

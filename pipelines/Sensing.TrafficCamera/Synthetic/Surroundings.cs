using System.Numerics;

namespace Sensing.TrafficCamera.Synthetic;

/// <summary>What stands beside the road: facades, trees, lamp posts and the row of trees that closes the view.</summary>
internal sealed class Surroundings
{
    private const float BlockM = 17, SetBackM = 7.5f;

    private readonly SceneRoad _road;
    private readonly SceneLight _light;
    private readonly Vector3 _eye;
    private readonly uint _seed;
    private readonly (float X, float Y, float Radius, float Height, int Kind)[] _trees;
    private readonly float _backY;

    public Surroundings(SceneOptions options, SceneRoad road, SceneCamera camera, SceneLight light)
    {
        _road = road;
        _light = light;
        _eye = camera.Position;
        _seed = (uint)SceneRandom.Mix((ulong)options.Seed * 3);
        _backY = road.EntryY + 40;
        var random = new SceneRandom(options.Seed, 0x73ee);
        var trees = new List<(float, float, float, float, int)>();
        for (float y = road.StopY + 6; y < road.EntryY; y += (float)random.Uniform(9, 17))
        {
            foreach (float x in (ReadOnlySpan<float>)[road.LeftKerb - 3.9f, road.RightKerb + 3.9f])
            {
                float kind = (float)random.NextDouble();
                if (kind < 0.75f)
                {
                    trees.Add((x, y + (float)random.Uniform(-2, 2), (float)random.Uniform(1.3, 2.3), (float)random.Uniform(3.6, 5.2), 0));
                }
            }
        }

        // Nearest first: the first that a ray meets hides the others.
        _trees = [.. trees.OrderBy(tree => tree.Item2)];
    }

    /// <summary>Crowns of the trees: middle and radius, m.</summary>
    public IEnumerable<(Vector3 Middle, float Radius)> Crowns =>
        _trees.Select(tree => (new Vector3(tree.X, tree.Y, tree.Height), tree.Radius));

    /// <summary>The nearest thing that a ray meets before <paramref name="limit"/>: its light and distance.</summary>
    public (Rgb Light, float Distance)? Hit(Vector3 ray, float limit)
    {
        (Rgb, float)? nearest = null;
        if (Facade(ray, _road.LeftKerb - SetBackM, 1, limit) is { } left)
        {
            nearest = left;
            limit = left.Distance;
        }

        if (Facade(ray, _road.RightKerb + SetBackM, 2, limit) is { } right)
        {
            nearest = right;
            limit = right.Distance;
        }

        // Rows of trees behind the houses and at the road's end close the view.
        foreach (float wall in (ReadOnlySpan<float>)[_road.LeftKerb - 32, _road.RightKerb + 32])
        {
            if (ray.X * (wall - _eye.X) > 0 && (wall - _eye.X) / ray.X is var aside && aside < limit
                && _eye + (ray * aside) is var q && q.Z >= 0 && q.Z < TreeTop(q.Y + wall))
            {
                nearest = (Leaves(new Vector3(q.Y, 0, q.Z) * 0.7f, 0.6f) * _light.On(new Vector3(wall < 0 ? 0.7f : -0.7f, 0, 0.7f), q), aside);
                limit = aside;
            }
        }

        if (ray.Y > 1e-3f && (_backY - _eye.Y) / ray.Y is var far && far < limit)
        {
            Vector3 p = _eye + (ray * far);
            if (p.Z < TreeTop(p.X) && p.Z >= 0)
            {
                nearest = (Leaves(p * 0.7f, 0.6f) * _light.On(new Vector3(0, -0.7f, 0.7f), p), far);
                limit = far;
            }
        }

        return Tree(ray, limit) ?? nearest;
    }

    /// <summary>How much of the sun trees keep off a place of the ground, 0…1.</summary>
    public float ShadeAt(float x, float y)
    {
        float shade = 0;
        foreach ((float treeX, float treeY, float radius, float height, _) in _trees)
        {
            Vector3 at = _light.ShadowOf(new Vector3(treeX, treeY, height));
            float dx = x - at.X, dy = y - at.Y, reach = radius * (1 + (0.5f * (1 - _light.Sun.Z)));
            float d = ((dx * dx) + (dy * dy)) / (reach * reach);
            if (d < 1.4f)
            {
                float ragged = d + (0.6f * (ValueNoise.At(x * 2.2f, y * 2.2f, _seed + 21) - 0.5f));
                shade = Math.Max(shade, Math.Clamp((1 - ragged) * 3, 0, 1) * 0.9f);
            }
        }

        return shade;
    }

    private float TreeTop(float along) =>
        7 + (6 * ValueNoise.At(along * 0.09f, 3, _seed)) + (2 * ValueNoise.At(along * 0.6f, 7, _seed));

    private (Rgb Light, float Distance)? Facade(Vector3 ray, float wall, uint side, float limit)
    {
        if (ray.X * (wall - _eye.X) <= 0 || (wall - _eye.X) / ray.X is var t && (t >= limit || t <= 0))
        {
            return null;
        }

        float distance = (wall - _eye.X) / ray.X;
        Vector3 p = _eye + (ray * distance);
        int block = (int)MathF.Floor(p.Y / BlockM);
        float along = p.Y - (block * BlockM);
        float style = ValueNoise.Cell(block, (int)side, _seed + 1), height = 8 + (9 * ValueNoise.Cell(block, (int)side, _seed + 2));
        if (p.Y < _road.StopY + 1 || p.Z < 0 || p.Z > height || (style < 0.22f && along is > 0 and < BlockM - 0.01f))
        {
            return null;
        }

        Rgb plaster = style switch
        {
            < 0.4f => new Rgb(0.42f, 0.36f, 0.27f),
            < 0.55f => new Rgb(0.33f, 0.16f, 0.11f),
            < 0.7f => new Rgb(0.5f, 0.48f, 0.43f),
            < 0.85f => new Rgb(0.36f, 0.37f, 0.36f),
            _ => new Rgb(0.45f, 0.4f, 0.22f),
        };
        Vector3 normal = new(wall < 0 ? 1 : -1, 0, 0);
        Rgb lit = _light.On(normal, p);
        float floor = p.Z / 3.1f, bay = along / 2.4f;
        float inFloor = floor - MathF.Floor(floor), inBay = bay - MathF.Floor(bay);
        bool window = inFloor is > 0.28f and < 0.82f && inBay is > 0.26f and < 0.74f && p.Z < height - 0.7f && along < BlockM - 1.2f;
        float stain = 0.86f + (0.2f * ValueNoise.At(p.Y * 0.8f, p.Z * 0.5f, _seed + side));
        if (!window)
        {
            bool ledge = inFloor < 0.04f || p.Z > height - 0.35f;
            return (plaster * lit * (stain * (ledge ? 1.2f : 1)), distance);
        }

        bool lamp = _light.Night && ValueNoise.Cell((int)MathF.Floor(floor) + (block * 31), (int)MathF.Floor(bay), _seed + side + 5) > 0.72f;
        Rgb pane = lamp
            ? new Rgb(0.2f, 0.14f, 0.06f)
            : (Rgb.Grey(0.05f) * lit) + (_light.Tint * (_light.Ambient * 0.1f * inFloor));
        return (pane, distance);
    }

    private (Rgb Light, float Distance)? Tree(Vector3 ray, float limit)
    {
        foreach ((float x, float y, float radius, float height, _) in _trees)
        {
            if (ray.Y < 1e-3f)
            {
                return null;
            }

            float t = (y - _eye.Y) / ray.Y;
            if (t >= limit)
            {
                continue;
            }

            Vector3 p = _eye + (ray * t);
            float dx = p.X - x, dz = (p.Z - height) / 1.15f, d = ((dx * dx) + (dz * dz)) / (radius * radius);
            if (d < 1.25f)
            {
                float ragged = d + (0.75f * (ValueNoise.At((p.X * 2.6f) + x, (p.Z * 2.6f) + y, _seed + 31) - 0.5f));
                if (ragged < 0.95f)
                {
                    // A sphere's light: the upper side sees the sky, one side the sun.
                    float bulge = MathF.Sqrt(Math.Max(0.05f, 1 - Math.Min(1, d)));
                    var normal = Vector3.Normalize(new Vector3(dx / radius, -bulge, dz / radius));
                    return (Leaves(new Vector3(p.X + x, 0, p.Z), 1) * _light.On(normal, p), t);
                }
            }

            if (Math.Abs(dx) < 0.13f && p.Z >= 0 && p.Z < height)
            {
                return (new Rgb(0.09f, 0.065f, 0.045f) * _light.On(new Vector3(0, -1, 0), p), t);
            }
        }

        return null;
    }

    private Rgb Leaves(Vector3 p, float depth)
    {
        float coarse = ValueNoise.At(p.X * 2, p.Z * 2, _seed + 41), fine = ValueNoise.At(p.X * 6, p.Z * 6, _seed + 42);
        float tone = 0.35f + (0.9f * coarse * depth) + (0.5f * fine);
        return new Rgb(0.055f, 0.092f, 0.026f) * tone;
    }
}

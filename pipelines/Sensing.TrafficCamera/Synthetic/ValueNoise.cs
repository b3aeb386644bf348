namespace Sensing.TrafficCamera.Synthetic;

/// <summary>Smooth noise over the plane, for textures: hashed lattice values, interpolated (value noise).</summary>
internal static class ValueNoise
{
    /// <summary>Value in 0…1; features are about one unit wide.</summary>
    public static float At(float x, float y, uint seed)
    {
        float fx = MathF.Floor(x), fy = MathF.Floor(y);
        int ix = (int)fx, iy = (int)fy;
        float u = x - fx, v = y - fy;
        u = u * u * (3 - (2 * u));
        v = v * v * (3 - (2 * v));
        float top = Lerp(Cell(ix, iy, seed), Cell(ix + 1, iy, seed), u);
        float bottom = Lerp(Cell(ix, iy + 1, seed), Cell(ix + 1, iy + 1, seed), u);
        return Lerp(top, bottom, v);
    }

    /// <summary>Value in 0…1 of one lattice cell.</summary>
    public static float Cell(int x, int y, uint seed)
    {
        uint h = ((uint)x * 0x9E3779B1u) ^ ((uint)y * 0x85EBCA77u) ^ (seed * 0xC2B2AE3Du);
        h ^= h >> 15;
        h *= 0x2C1B3C6Du;
        h ^= h >> 12;
        h *= 0x297A2D39u;
        h ^= h >> 15;
        return (h >> 8) * (1f / (1 << 24));
    }

    private static float Lerp(float a, float b, float t) => a + ((b - a) * t);
}

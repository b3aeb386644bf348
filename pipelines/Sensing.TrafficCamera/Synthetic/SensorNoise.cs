using System.Numerics;

namespace Sensing.TrafficCamera.Synthetic;

/// <summary>Noise of a sensor: normal, the same for the same seed and frame.</summary>
/// <remarks>Values are drawn once into a bank; each row of a frame takes a stretch of it, from a place that its number
/// chooses. Neighbouring rows and frames share no visible pattern.</remarks>
internal sealed class SensorNoise
{
    private const int Bank = 1 << 18;

    private readonly sbyte[] _bank;
    private readonly ulong _seed;

    public SensorNoise(long seed, double levels, int longestRow)
    {
        _seed = SceneRandom.Mix((ulong)seed + 0x105e);
        _bank = new sbyte[Bank + longestRow + Vector<byte>.Count];
        var random = new SceneRandom(seed, 0x105e);
        for (int i = 0; i < _bank.Length; i++)
        {
            // Rounding at random keeps the deviation also where it is less than a level.
            _bank[i] = (sbyte)Math.Clamp(Math.Floor((random.Gaussian() * levels) + random.NextDouble()), -127, 127);
        }
    }

    /// <summary>Adds noise to a plane.</summary>
    /// <param name="plane">Its values.</param>
    /// <param name="columns">Length of a row.</param>
    /// <param name="frame">Number of the frame.</param>
    /// <param name="channel">Of the plane.</param>
    public void AddTo(Span<byte> plane, int columns, long frame, int channel)
    {
        ulong key = SceneRandom.Mix(_seed + ((ulong)frame * 4) + (ulong)channel);
        for (int row = 0; row * columns < plane.Length; row++)
        {
            int from = (int)(SceneRandom.Mix(key + (ulong)row) % Bank);
            Add(plane.Slice(row * columns, columns), _bank.AsSpan(from, columns));
        }
    }

    private static void Add(Span<byte> row, ReadOnlySpan<sbyte> noise)
    {
        int x = 0;
        if (Vector.IsHardwareAccelerated)
        {
            // Saturating, by way of 128: signed addition clamps at −128 and 127.
            var middle = new Vector<byte>(128);
            for (; x <= row.Length - Vector<byte>.Count; x += Vector<byte>.Count)
            {
                Vector<sbyte> value = Vector.AsVectorSByte(new Vector<byte>(row[x..]) ^ middle);
                var added = new Vector<sbyte>(noise[x..]);
                Vector<byte> sum = Vector.AsVectorByte(Vector.AddSaturate(value, added)) ^ middle;
                sum.CopyTo(row[x..]);
            }
        }

        for (; x < row.Length; x++)
        {
            row[x] = (byte)Math.Clamp(row[x] + noise[x], 0, 255);
        }
    }
}

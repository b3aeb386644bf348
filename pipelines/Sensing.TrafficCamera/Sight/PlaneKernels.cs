using System.Numerics;

namespace Sensing.TrafficCamera.Sight;

/// <summary>Vector kernels over planes of bytes.</summary>
internal static class PlaneKernels
{
    /// <summary>value·t + target·(1 − t), with t in 1/256.</summary>
    public static void Towards(Span<byte> plane, int t, int target)
    {
        if (t >= 256)
        {
            return;
        }

        int x = 0;
        var rest = (ushort)((target * (256 - t)) + 128);
        if (Vector.IsHardwareAccelerated)
        {
            var weight = new Vector<ushort>((ushort)t);
            var offset = new Vector<ushort>(rest);
            for (; x <= plane.Length - Vector<byte>.Count; x += Vector<byte>.Count)
            {
                Vector.Widen(new Vector<byte>(plane[x..]), out Vector<ushort> low, out Vector<ushort> high);
                low = Vector.ShiftRightLogical((low * weight) + offset, 8);
                high = Vector.ShiftRightLogical((high * weight) + offset, 8);
                Vector.Narrow(low, high).CopyTo(plane[x..]);
            }
        }

        for (; x < plane.Length; x++)
        {
            plane[x] = (byte)(((plane[x] * t) + rest) >> 8);
        }
    }
}

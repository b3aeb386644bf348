using CsCheck;
using Sensing.Vision.Kernels;

namespace Sensing.Vision.Tests.Kernels;

/// <summary>Vector kernels against plain loops, on planes of all sizes.</summary>
public sealed class KernelTests
{
    private static readonly Gen<(int Width, int Height, byte[] Plane)> Planes =
        from width in Gen.Int[20, 150]
        from height in Gen.Int[17, 40]
        from plane in Gen.Byte.Array[width * height]
        select (width, height, plane);

    private static readonly Gen<(int Width, int Height, byte[] Plane)> Masks =
        from width in Gen.Int[1, 90]
        from height in Gen.Int[1, 24]
        from plane in Gen.Int[0, 2].Select(v => v == 0 ? (byte)255 : (byte)0).Array[width * height]
        select (width, height, plane);

    [Fact]
    public void Dilation_and_erosion_are_the_largest_and_smallest_of_the_rectangle()
    {
        Gen.Select(Planes, Gen.Int[0, 9], Gen.Int[0, 9]).Sample((p, rx, ry) =>
        {
            byte[] dilated = [.. p.Plane], eroded = [.. p.Plane], scratch = new byte[p.Plane.Length];
            Morphology.Dilate(dilated, scratch, p.Width, rx, ry);
            Morphology.Erode(eroded, scratch, p.Width, rx, ry);
            for (int y = 0; y < p.Height; y++)
            {
                for (int x = 0; x < p.Width; x++)
                {
                    byte most = 0, least = 255;
                    for (int v = Math.Max(0, y - ry); v <= Math.Min(p.Height - 1, y + ry); v++)
                    {
                        for (int u = Math.Max(0, x - rx); u <= Math.Min(p.Width - 1, x + rx); u++)
                        {
                            most = Math.Max(most, p.Plane[(v * p.Width) + u]);
                            least = Math.Min(least, p.Plane[(v * p.Width) + u]);
                        }
                    }

                    Assert.Equal((most, least), (dilated[(y * p.Width) + x], eroded[(y * p.Width) + x]));
                }
            }
        }, iter: 40);
    }

    [Fact]
    public void Box_mean_is_the_mean_of_the_square_with_the_edge_repeated()
    {
        Gen.Select(Planes, Gen.Int[1, 6]).Sample((p, r) =>
        {
            byte[] means = new byte[p.Plane.Length];
            new BoxMean(p.Width, r).Apply(p.Plane, means);
            for (int y = 0; y < p.Height; y++)
            {
                for (int x = 0; x < p.Width; x++)
                {
                    int sum = 0;
                    for (int v = -r; v <= r; v++)
                    {
                        for (int u = -r; u <= r; u++)
                        {
                            sum += p.Plane[(Math.Clamp(y + v, 0, p.Height - 1) * p.Width) + Math.Clamp(x + u, 0, p.Width - 1)];
                        }
                    }

                    Assert.Equal(sum / ((2 * r) + 1) / ((2 * r) + 1), means[(y * p.Width) + x]);
                }
            }
        }, iter: 40);
    }

    [Fact]
    public void Block_difference_is_the_sum_over_every_step_th_row()
    {
        Gen.Select(Planes, Gen.Int[0, 3].Select(s => 1 << s)).Sample((p, step) =>
        {
            ReadOnlySpan<byte> a = p.Plane, b = p.Plane.AsSpan(3);
            int expected = 0;
            for (int y = 0; y < 16; y += step)
            {
                for (int x = 0; x < 16; x++)
                {
                    expected += Math.Abs(a[(y * p.Width) + x] - b[(y * p.Width) + x]);
                }
            }

            Assert.Equal(expected, BlockDifference.Sum(a, p.Width, b, p.Width, step));
        }, iter: 100);
    }

    [Fact]
    public void Components_are_those_of_a_flood_fill()
    {
        Masks.Sample(p =>
        {
            var components = new Components();
            int[] expected = Flood(p.Plane, p.Width, p.Height);
            components.Find(p.Plane, p.Width);
            int[] found = new int[p.Plane.Length];
            for (int k = 0; k < components.Runs; k++)
            {
                found.AsSpan((components.RowOf(k) * p.Width) + components.FromOf(k), components.ToOf(k) - components.FromOf(k))
                    .Fill(components.RootOf(k) + 1);
            }

            // The same partition: one label each way.
            var pairs = new HashSet<(int, int)>();
            for (int i = 0; i < found.Length; i++)
            {
                pairs.Add((expected[i], found[i]));
            }

            Assert.Equal(pairs.Count, pairs.Select(l => l.Item1).Distinct().Count());
            Assert.Equal(pairs.Count, pairs.Select(l => l.Item2).Distinct().Count());
        }, iter: 200);
    }

    private static int[] Flood(byte[] plane, int width, int height)
    {
        int[] labels = new int[plane.Length];
        int next = 0;
        var open = new Stack<int>();
        for (int start = 0; start < plane.Length; start++)
        {
            if (plane[start] == 0 || labels[start] != 0)
            {
                continue;
            }

            next++;
            open.Push(start);
            while (open.TryPop(out int i))
            {
                if (labels[i] != 0)
                {
                    continue;
                }

                labels[i] = next;
                for (int y = Math.Max(0, (i / width) - 1); y <= Math.Min(height - 1, (i / width) + 1); y++)
                {
                    for (int x = Math.Max(0, (i % width) - 1); x <= Math.Min(width - 1, (i % width) + 1); x++)
                    {
                        if (plane[(y * width) + x] != 0 && labels[(y * width) + x] == 0)
                        {
                            open.Push((y * width) + x);
                        }
                    }
                }
            }
        }

        return labels;
    }
}

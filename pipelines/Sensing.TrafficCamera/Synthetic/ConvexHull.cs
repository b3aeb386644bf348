using System.Numerics;

namespace Sensing.TrafficCamera.Synthetic;

/// <summary>Convex hull of a few points: Andrew's monotone chain (Information Processing Letters 9, 1979).</summary>
internal static class ConvexHull
{
    /// <param name="points">The points; sorted on return.</param>
    /// <param name="hull">Takes the corners, anticlockwise; twice as long as <paramref name="points"/>.</param>
    public static int Of(Span<Vector2> points, Span<Vector2> hull)
    {
        points.Sort(static (a, b) => a.X != b.X ? a.X.CompareTo(b.X) : a.Y.CompareTo(b.Y));
        int count = 0;
        for (int i = 0; i < points.Length; i++)
        {
            while (count >= 2 && Turn(hull[count - 2], hull[count - 1], points[i]) <= 0)
            {
                count--;
            }

            hull[count++] = points[i];
        }

        int lower = count + 1;
        for (int i = points.Length - 2; i >= 0; i--)
        {
            while (count >= lower && Turn(hull[count - 2], hull[count - 1], points[i]) <= 0)
            {
                count--;
            }

            hull[count++] = points[i];
        }

        return count - 1;
    }

    private static float Turn(Vector2 o, Vector2 a, Vector2 b) => ((a.X - o.X) * (b.Y - o.Y)) - ((a.Y - o.Y) * (b.X - o.X));
}

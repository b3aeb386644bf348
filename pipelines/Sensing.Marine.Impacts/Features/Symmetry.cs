using Sensing.Marine.Impacts.Inertial;

namespace Sensing.Marine.Impacts.Features;

/// <summary>Ways in which a craft may be turned or mirrored and is the same: each window counts once in each of them.</summary>
/// <remarks>A class named after a side (left, right, front, back) becomes that of the other side; a window whose class has no such counterpart in
/// the set is left out in that way. So the classifier learns sides from physics, and not from the day on which a side was recorded.</remarks>
public sealed class Symmetry
{
    private readonly double[][] _ways;

    private Symmetry(string name, params double[][] ways) => (Name, _ways) = (name, ways);

    /// <summary>None: a robot's arm.</summary>
    public static Symmetry None { get; } = new("none", Planar(1, 0, 0, 1));

    /// <summary>Port and starboard: a hull.</summary>
    public static Symmetry Mirror { get; } = new("mirror", Planar(1, 0, 0, 1), Planar(1, 0, 0, -1));

    /// <summary>Quarter turns and mirrors: a quadcopter.</summary>
    public static Symmetry Square { get; } = new(
        "square", Planar(1, 0, 0, 1), Planar(0, -1, 1, 0), Planar(-1, 0, 0, -1), Planar(0, 1, -1, 0),
        Planar(1, 0, 0, -1), Planar(-1, 0, 0, 1), Planar(0, 1, 1, 0), Planar(0, -1, -1, 0));

    public string Name { get; }

    /// <summary>A window in every way, with the index of its class then.</summary>
    public IEnumerable<(MotionWindow Window, int Class)> Of(MotionWindow window, int label, IReadOnlyList<string> classes)
    {
        foreach (double[] way in _ways)
        {
            int turned = Class(classes[label], way, classes);
            if (turned >= 0)
            {
                yield return (ReferenceEquals(way, _ways[0]) ? window : window.Transformed(way), turned);
            }
        }
    }

    private static double[] Planar(double xx, double xy, double yx, double yy) => [xx, xy, 0, yx, yy, 0, 0, 0, 1];

    private static int Class(string name, double[] way, IReadOnlyList<string> classes)
    {
        (string stem, int ahead, int starboard) = Side(name);
        (string, int, int) turned = (
            stem, (int)((way[0] * ahead) + (way[1] * starboard)), (int)((way[3] * ahead) + (way[4] * starboard)));
        for (int i = 0; i < classes.Count; i++)
        {
            if (Side(classes[i]) == turned)
            {
                return i;
            }
        }

        return -1;
    }

    private static (string Stem, int Ahead, int Starboard) Side(string name)
    {
        int ahead = 0, starboard = 0;
        var stem = new List<string>();
        foreach (string word in name.Split('-'))
        {
            switch (word)
            {
                case "front":
                    ahead = 1;
                    break;
                case "back":
                    ahead = -1;
                    break;
                case "right":
                    starboard = 1;
                    break;
                case "left":
                    starboard = -1;
                    break;
                default:
                    stem.Add(word);
                    break;
            }
        }

        return (string.Join('-', stem), ahead, starboard);
    }
}

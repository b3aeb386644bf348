using Sensing.Drones.Events;
using Sensing.Drones.Live;

namespace Sensing.Drones.Report;

/// <summary>Joins what several tasks found about the same person, by the overlap of the boxes.</summary>
internal static class PersonMerge
{
    private const double SameFrom = 0.5;

    /// <summary>Persons, best first.</summary>
    public static IReadOnlyList<PersonReport> Of(IEnumerable<TaskFindings> found)
    {
        var merged = new List<PersonReport>();
        foreach (PersonReport person in found.SelectMany(item => item.Persons))
        {
            int same = merged.FindIndex(known => Overlap(known, person) >= SameFrom);
            if (same < 0)
            {
                merged.Add(person);
                continue;
            }

            PersonReport known = merged[same];
            merged[same] = known with
            {
                Vest = known.Vest ?? person.Vest,
                Mask = known.Mask ?? person.Mask,
                DistanceM = known.DistanceM ?? person.DistanceM,
                Pose = known.Pose ?? person.Pose,
            };
        }

        return [.. merged.OrderByDescending(person => person.Score)];
    }

    /// <summary>Intersection over union.</summary>
    private static double Overlap(PersonReport a, PersonReport b)
    {
        double width = Math.Min(a.Right, b.Right) - Math.Max(a.Left, b.Left), height = Math.Min(a.Bottom, b.Bottom) - Math.Max(a.Top, b.Top);
        double both = width > 0 && height > 0 ? width * height : 0;
        double all = ((a.Right - a.Left) * (a.Bottom - a.Top)) + ((b.Right - b.Left) * (b.Bottom - b.Top)) - both;
        return all <= 0 ? 0 : both / all;
    }
}

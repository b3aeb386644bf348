using Sensing.Das.Tracks;

namespace Sensing.Das.Classify;

/// <summary>Which label names which vehicle.</summary>
public static class LabelMatching
{
    /// <summary>Pairs labels and vehicles one to one, nearest in time first, of the same direction where the label tells one.</summary>
    /// <param name="vehicles">Vehicles that were found.</param>
    /// <param name="labels">Labels, in any order.</param>
    /// <param name="withinSeconds">How far a label may lie from its vehicle, s.</param>
    /// <exception cref="CalibrationException">No label lies near a vehicle.</exception>
    public static IReadOnlyList<LabelledVehicle> Match(
        IReadOnlyList<ClassifiedPassage> vehicles, IReadOnlyList<VehicleLabel> labels, double withinSeconds)
    {
        if (vehicles.Count == 0)
        {
            throw new CalibrationException("No vehicle was found in the recording.", "Check das.fromM, das.toM and the speeds; replay --plot shows what is there.");
        }

        var pairs = new List<(double Off, int Vehicle, int Label)>();
        double nearest = double.PositiveInfinity;
        for (int l = 0; l < labels.Count; l++)
        {
            for (int v = 0; v < vehicles.Count; v++)
            {
                Passage passage = vehicles[v].Passage;
                double off = Math.Abs((passage.TimeOf(passage.ReferenceSeconds) - labels[l].Time).TotalSeconds);
                if (labels[l].Direction is null || labels[l].Direction == passage.Direction)
                {
                    nearest = Math.Min(nearest, off);
                    if (off <= withinSeconds)
                    {
                        pairs.Add((off, v, l));
                    }
                }
            }
        }

        if (pairs.Count == 0)
        {
            throw new CalibrationException(
                FormattableString.Invariant($"None of the {labels.Count} labels lies within {withinSeconds:0.###} s of one of the {vehicles.Count} vehicles that were found")
                + (double.IsInfinity(nearest) ? "." : FormattableString.Invariant($": the nearest is off by {nearest:0.###} s.")),
                "Check that the labels are of this recording, in UTC, of the instants alongside das.referenceM, and that their directions are right.");
        }

        // Nearest first; ties in the order of the labels and vehicles, so that the result does not depend on the sort.
        var usedVehicles = new HashSet<int>();
        var usedLabels = new HashSet<int>();
        var matched = new List<LabelledVehicle>();
        foreach ((_, int v, int l) in pairs.OrderBy(p => p.Off).ThenBy(p => p.Label).ThenBy(p => p.Vehicle))
        {
            if (!usedVehicles.Contains(v) && usedLabels.Add(l))
            {
                usedVehicles.Add(v);
                matched.Add(new LabelledVehicle(vehicles[v], labels[l]));
            }
        }

        return matched;
    }
}

using System.Text.Json;

namespace Sensing.Scheduling.Simulation;

/// <summary>A workload as a JSON file describes it: drones, task types, arrivals, edge, cloud and link.</summary>
public static class WorkloadFile
{
    /// <summary>Reads a workload.</summary>
    /// <exception cref="InvalidDataException">The file cannot be read or describes no workload; the message names file, value and remedy.</exception>
    public static Workload Load(string path)
    {
        try
        {
            return Parse(File.ReadAllText(path), Path.GetFileNameWithoutExtension(path));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or JsonException or InvalidDataException)
        {
            throw new InvalidDataException($"{path}: {error.Message}", error);
        }
    }

    /// <summary>Reads a workload from its text.</summary>
    /// <param name="json">The text of a file.</param>
    /// <param name="name">The workload's name unless the text gives one.</param>
    /// <exception cref="JsonException">The text is not JSON, or has a property that workloads do not have.</exception>
    /// <exception cref="InvalidDataException">A value is out of range.</exception>
    public static Workload Parse(string json, string name)
    {
        WorkloadText text = JsonSerializer.Deserialize(json, WorkloadJson.Default.WorkloadText)
            ?? throw new InvalidDataException("the workload is null.");
        IReadOnlyList<InferenceTaskType> types = text.Types ?? TypesOf(text.TypeSet);
        Require(types.Count is > 0 and <= 64, "types must list 1 to 64 task types.");
        foreach (InferenceTaskType type in types)
        {
            Check(type);
        }

        Require(types.Select(t => t.Name).Distinct().Count() == types.Count, "types must have names that differ.");
        Workload workload = new()
        {
            Name = text.Name ?? name,
            Drones = Within(text.Drones, 1, 1000, "drones"),
            Types = types,
            Duration = (long)(Within(text.DurationS, 1, 86_400, "durationS") * 1e6),
            SegmentPeriod = (long)(Within(text.SegmentPeriodMs, 1, 3_600_000, "segmentPeriodMs") * 1e3),
            Arrivals = Arrivals(text.Arrivals ?? new ArrivalText(), text.Drones),
            EdgeTail = Tail(text.Edge?.TailShare, text.Edge?.TailFactor, "edge"),
            EdgeSlowdowns = [.. (text.Edge?.Slowdowns ?? []).Select(s => ((long)(s.FromS * 1e6), Within(s.Factor, 0.01, 100, "edge.slowdowns.factor"))).Order()],
            CloudTail = Tail(text.Cloud?.TailShare, text.Cloud?.TailFactor, "cloud"),
            CloudSlots = Within(text.Cloud?.Slots ?? 0, 0, 10_000, "cloud.slots"),
            Uplink = text.Uplink is { } link ? Uplink(link) : null,
        };
        return workload.WithEdgeSpeed(Within(text.Edge?.Speed ?? 1, 0.01, 1000, "edge.speed"));
    }

    private static IReadOnlyList<InferenceTaskType> TypesOf(string? set) => set switch
    {
        "passive" => PublishedTaskTypes.Passive,
        "active" => PublishedTaskTypes.Active,
        null => throw new InvalidDataException("types or typeSet (passive, active) must say which task types a segment spawns."),
        _ => throw new InvalidDataException($"typeSet must be passive or active, not '{set}'."),
    };

    private static void Check(InferenceTaskType type)
    {
        Require(!string.IsNullOrWhiteSpace(type.Name), "each type must have a name.");
        Require(type.DeadlineMs is > 0 and <= 3_600_000, $"{type.Name}: deadlineMs must be 1 to 3600000.");
        Require(type.EdgeMs is > 0 and <= 3_600_000 && type.CloudMs is > 0 and <= 3_600_000, $"{type.Name}: edgeMs and cloudMs must be 1 to 3600000.");
        Require(type is { Benefit: >= 0, EdgeCost: >= 0, CloudCost: >= 0, QoeBonus: >= 0 }, $"{type.Name}: benefit, costs and qoeBonus must not be negative.");
    }

    private static ArrivalOptions Arrivals(ArrivalText text, int drones)
    {
        Require(text.Kind != ArrivalKind.Trace || text.Segments is { Count: > 0 }, "arrivals.segments must list the segments of a trace.");
        Require(text.Segments is null || text.Kind == ArrivalKind.Trace, "arrivals.segments needs the kind trace.");
        foreach (SegmentText segment in text.Segments ?? [])
        {
            Require(segment.AtMs >= 0 && segment.Drone >= 0 && segment.Drone < drones, $"arrivals.segments: atMs must not be negative and drone must be 0 to {drones - 1}.");
        }

        Require(text.MeanPresenceS > 0 == text.MeanAbsenceS > 0, "arrivals: meanPresenceS and meanAbsenceS are given together.");
        return new ArrivalOptions
        {
            Kind = text.Kind,
            Jitter = (long)(Within(text.JitterMs, 0, 3_600_000, "arrivals.jitterMs") * 1e3),
            MeanPresence = (long)(Within(text.MeanPresenceS, 0, 86_400, "arrivals.meanPresenceS") * 1e6),
            MeanAbsence = (long)(Within(text.MeanAbsenceS, 0, 86_400, "arrivals.meanAbsenceS") * 1e6),
            Trace = [.. (text.Segments ?? []).Select(s => ((long)(s.AtMs * 1e3), s.Drone))],
        };
    }

    private static TailOptions Tail(double? share, double? factor, string place) =>
        new(Within(share ?? 0, 0, 1, $"{place}.tailShare"), Within(factor ?? 1, 1, 1000, $"{place}.tailFactor"));

    private static UplinkOptions Uplink(UplinkText link) => new()
    {
        Megabits = Within(link.Megabits, 0.001, 100_000, "uplink.megabits"),
        SegmentKilobytes = Within(link.SegmentKilobytes, 0, 1_000_000, "uplink.segmentKilobytes"),
        UploadPerCall = link.UploadPerCall,
    };

    private static T Within<T>(T value, T least, T most, string name)
        where T : IComparable<T>
    {
        Require(value.CompareTo(least) >= 0 && value.CompareTo(most) <= 0, FormattableString.Invariant($"{name} must be {least} to {most}, not {value}."));
        return value;
    }

    private static void Require(bool holds, string message)
    {
        if (!holds)
        {
            throw new InvalidDataException(message);
        }
    }
}

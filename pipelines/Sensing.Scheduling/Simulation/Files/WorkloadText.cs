using System.Text.Json.Serialization;

namespace Sensing.Scheduling.Simulation;

/// <summary>The properties of a workload's file, in the units that people write.</summary>
internal sealed record WorkloadText
{
    public string? Name { get; init; }

    public required int Drones { get; init; }

    public double DurationS { get; init; } = 300;

    public double SegmentPeriodMs { get; init; } = 1000;

    public string? TypeSet { get; init; }

    public IReadOnlyList<InferenceTaskType>? Types { get; init; }

    public ArrivalText? Arrivals { get; init; }

    public EdgeText? Edge { get; init; }

    public CloudText? Cloud { get; init; }

    public UplinkOptions? Uplink { get; init; }
}

/// <summary>When segments arrive.</summary>
internal sealed record ArrivalText
{
    public ArrivalKind Kind { get; init; }

    public double JitterMs { get; init; } = 100;

    public double MeanPresenceS { get; init; }

    public double MeanAbsenceS { get; init; }

    public IReadOnlyList<SegmentText>? Segments { get; init; }
}

/// <summary>One segment of a trace.</summary>
internal sealed record SegmentText(double AtMs, int Drone);

/// <summary>The accelerator.</summary>
internal sealed record EdgeText
{
    public double? Speed { get; init; }

    public double? TailShare { get; init; }

    public double? TailFactor { get; init; }

    public IReadOnlyList<SlowdownText>? Slowdowns { get; init; }
}

/// <summary>From when on the accelerator is slower, and by how much.</summary>
internal sealed record SlowdownText(double FromS, double Factor);

/// <summary>The cloud.</summary>
internal sealed record CloudText
{
    public int? Slots { get; init; }

    public double? TailShare { get; init; }

    public double? TailFactor { get; init; }
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    UseStringEnumConverter = true,
    ReadCommentHandling = System.Text.Json.JsonCommentHandling.Skip,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(WorkloadText))]
internal sealed partial class WorkloadJson : JsonSerializerContext;

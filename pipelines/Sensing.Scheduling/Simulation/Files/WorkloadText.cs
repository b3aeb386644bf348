using System.Text.Json.Serialization;

namespace Sensing.Scheduling.Simulation;

/// <summary>The properties of a workload's file, in the units that people write.</summary>
/// <remarks>With setters: generated readers give an init-only property that a file leaves out the zero of its type, not its default.</remarks>
internal sealed record WorkloadText
{
    public string? Name { get; set; }

    public required int Drones { get; set; }

    public double DurationS { get; set; } = 300;

    public double SegmentPeriodMs { get; set; } = 1000;

    public string? TypeSet { get; set; }

    public IReadOnlyList<InferenceTaskType>? Types { get; set; }

    public ArrivalText? Arrivals { get; set; }

    public EdgeText? Edge { get; set; }

    public CloudText? Cloud { get; set; }

    public UplinkText? Uplink { get; set; }
}

/// <summary>When segments arrive.</summary>
internal sealed record ArrivalText
{
    public ArrivalKind Kind { get; set; }

    public double JitterMs { get; set; } = 100;

    public double MeanPresenceS { get; set; }

    public double MeanAbsenceS { get; set; }

    public IReadOnlyList<SegmentText>? Segments { get; set; }
}

/// <summary>One segment of a trace.</summary>
internal sealed record SegmentText(double AtMs, int Drone);

/// <summary>The accelerator.</summary>
internal sealed record EdgeText
{
    public double? Speed { get; set; }

    public double? TailShare { get; set; }

    public double? TailFactor { get; set; }

    public IReadOnlyList<SlowdownText>? Slowdowns { get; set; }
}

/// <summary>From when on the accelerator is slower, and by how much.</summary>
internal sealed record SlowdownText(double FromS, double Factor);

/// <summary>The cloud.</summary>
internal sealed record CloudText
{
    public int? Slots { get; set; }

    public double? TailShare { get; set; }

    public double? TailFactor { get; set; }
}

/// <summary>The link that cloud calls share.</summary>
internal sealed record UplinkText
{
    public double Megabits { get; set; } = 12;

    public double SegmentKilobytes { get; set; } = 100;

    public bool UploadPerCall { get; set; }
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

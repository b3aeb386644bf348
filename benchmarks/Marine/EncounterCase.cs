using System.Text.Json.Nodes;
using Sensing.Marine.Encounters;
using Sensing.Marine.Geodesy;
using Sensing.Marine.Vessels;

namespace Sensing.Benchmarks.Marine;

/// <summary>A two-ship case of a .jsonl file: both vessels, limits, and what is expected where the file says so.</summary>
internal sealed record EncounterCase
{
    private const double KnotMs = 1852.0 / 3600;

    public required string Id { get; init; }

    public required string Group { get; init; }

    public required VesselState Own { get; init; }

    public required VesselState Target { get; init; }

    public required RiskLimits Limits { get; init; }

    public required bool RestrictedVisibility { get; init; }

    /// <summary>The object <c>expect</c>; null where there is none.</summary>
    public required JsonObject? Expect { get; init; }

    public bool IsGrey => Expect?["grey"] is JsonArray { Count: > 0 };

    public static IEnumerable<EncounterCase> Read(string path) => File.ReadLines(path)
        .Where(line => line.Length > 0)
        .Select(line => JsonNode.Parse(line)!.AsObject())
        .Select(row => new EncounterCase
        {
            Id = (string)row["id"]!,
            Group = (string?)row["group"] ?? "",
            Own = Vessel(row["own"]!),
            Target = Vessel(row["target"]!),
            Limits = new RiskLimits((double)row["limits"]!["cpa_m"]!, (double)row["limits"]!["tcpa_s"]!),
            RestrictedVisibility = (string?)row["visibility"] is { } visibility && visibility != "good",
            Expect = row["expect"] as JsonObject,
        });

    public Assessment Assess() => EncounterRules.Assess(Own, Target, Limits, RestrictedVisibility);

    /// <summary>Whether a list of <see cref="Expect"/> names the class.</summary>
    public bool Names(string list, string kind) => Expect![list]!.AsArray().Any(name => (string)name! == kind);

    public bool IsWithin(Assessment assessment) =>
        Expect!["cpa_m"] is null || (assessment.Approach is { } approach
            && Math.Abs(approach.CpaM - (double)Expect["cpa_m"]!) <= (double)Expect["cpa_tol_m"]!
            && Math.Abs(approach.TcpaS - (double)Expect["tcpa_s"]!) <= (double)Expect["tcpa_tol_s"]!);

    private static VesselState Vessel(JsonNode row) => new()
    {
        Position = row["lat"] is { } lat && row["lon"] is { } lon ? new GeoPosition((double)lat, (double)lon) : null,
        CourseDeg = (double?)row["cog"],
        SpeedMs = (double?)row["sog_kn"] * KnotMs,
        HeadingDeg = (double?)row["heading"],
        Status = (int?)row["nav_status"] ?? NavigationStatus.Undefined,
    };
}

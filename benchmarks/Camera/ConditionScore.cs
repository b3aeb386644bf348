using System.Text.Json.Nodes;
using Sensing.TrafficCamera.Events;
using Sensing.TrafficCamera.Sight;
using Sensing.TrafficCamera.Sight.Degradations;

namespace Sensing.Benchmarks.Camera;

/// <summary>A clip under one condition, against a person's count and against the same clip undisturbed.</summary>
internal sealed class ConditionScore
{
    private readonly CountScore _counts;
    private readonly SightReason _reason;

    /// <param name="kind">The condition; null: undisturbed.</param>
    /// <param name="truth">The person's count.</param>
    /// <param name="chain">The clip under the condition.</param>
    /// <param name="undisturbed">The clip without.</param>
    public ConditionScore(DegradationKind? kind, CameraTruth truth, RobustnessChain chain, RobustnessChain undisturbed)
    {
        Kind = kind;
        _counts = CountScore.Of(truth, chain.Counted);
        Drop = CountScore.Of(truth, undisturbed.Counted).F1 - _counts.F1;
        Quality = chain.Quality;
        UndisturbedQuality = undisturbed.Quality;
        _reason = chain.Reason;

        // States come at the same instants of the clip's clock in both runs, approach by approach.
        IndexError = chain.States.Zip(undisturbed.States, (ApproachState a, ApproachState b) => Math.Abs(a.Index - b.Index)).DefaultIfEmpty(0).Average();
    }

    public DegradationKind? Kind { get; }

    public string Name => Kind?.ToString().ToLowerInvariant() ?? "none";

    /// <summary>F1 undisturbed less F1 under the condition.</summary>
    public double Drop { get; }

    /// <summary>Mean of |index − index undisturbed|.</summary>
    public double IndexError { get; }

    public double Quality { get; }

    public double UndisturbedQuality { get; }

    public string Line(string clip, CameraTruth truth) => FormattableString.Invariant(
        $"{clip,-20} {Name,-9} {_counts.F1,5:0.000} {Drop,6:0.000} {_counts.Counted,8} {truth.Crossings.Count,7}     {IndexError:0.0000}    {Quality,5:0.00}  {_reason}");

    public JsonObject Figures() => new()
    {
        ["f1"] = Math.Round(_counts.F1, 4),
        ["count_f1_drop"] = Math.Round(Drop, 4),
        ["index_mae"] = Math.Round(IndexError, 4),
        ["quality"] = Math.Round(Quality, 3),
        ["reason"] = _reason.ToString().ToLowerInvariant(),
    };
}

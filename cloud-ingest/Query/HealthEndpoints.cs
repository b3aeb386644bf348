using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Sensing.CloudIngest.Health;
using Sensing.CloudIngest.Query.Documents;

namespace Sensing.CloudIngest.Query;

/// <summary><c>/health/live</c> and <c>/health/ready</c>, for supervisors; without a key, since they tell nothing of the data.</summary>
internal static class HealthEndpoints
{
    public const string Tag = "Health";

    public static void MapHealth(this IEndpointRouteBuilder app)
    {
        // The second names are those that Kubernetes' own parts use.
        foreach ((string path, string name) in new[] { ("/health/live", "isLive"), ("/healthz", "isLiveForKubernetes") })
        {
            app.MapMethods(path, QueryApi.GetAndHead, Live).WithName(name).WithTags(Tag).Produces<ReadinessDocument>().Produces<ReadinessDocument>(503)
                .WithSummary("Whether the process works; when it does not, restart it.");
        }

        foreach ((string path, string name) in new[] { ("/health/ready", "isReady"), ("/readyz", "isReadyForKubernetes") })
        {
            app.MapMethods(path, QueryApi.GetAndHead, ReadyAsync).WithName(name).WithTags(Tag).Produces<ReadinessDocument>().Produces<ReadinessDocument>(503)
                .WithSummary("Whether events are taken, stored and can be read now, and what is in the way.");
        }
    }

    private static JsonHttpResult<ReadinessDocument> Live(TierHealth health) => Answer(health.Live());

    private static async Task<IResult> ReadyAsync(TierHealth health, CancellationToken cancellation) =>
        Answer(await health.ReadyAsync(cancellation).ConfigureAwait(false));

    private static JsonHttpResult<ReadinessDocument> Answer(IReadOnlyList<HealthCheck> checks)
    {
        string[] problems = [.. checks.Select(check => check.Problem).OfType<string>()];
        var document = new ReadinessDocument
        {
            Status = problems.Length == 0 ? "ok" : "failing",
            Problems = problems,
            Checks = [.. checks.Select(check => new CheckDocument
            {
                Name = check.Name,
                Status = check.Problem is not null ? "failing" : check.Warning is not null ? "warning" : "ok",
                Problem = check.Problem ?? check.Warning,
            })],
        };
        return TypedResults.Json(document, statusCode: problems.Length == 0 ? 200 : 503);
    }
}

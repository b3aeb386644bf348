using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Net.Http.Headers;
using Sensing.CloudIngest.Query;
using Sensing.Models;

namespace Sensing.CloudIngest.Models;

/// <summary><c>/api/v1/models/…</c>: the registry, manifests and files, for those who may use the query API.</summary>
internal static class ModelEndpoints
{
    public static void MapModels(this RouteGroupBuilder api, IServiceProvider services)
    {
        if (services.GetService<ModelRegistry>() is null)
        {
            return;
        }

        api.MapMethods("/models", QueryApi.GetAndHead, (ModelRegistry registry) => TypedResults.Json([.. registry.List()], RegistryJson.Default.RegisteredModelArray))
            .Produces<RegisteredModel[]>().WithSummary("Every model of the registry, with its figures and its state.");
        api.MapMethods("/models/{name}", QueryApi.GetAndHead, Manifest).Produces<ModelManifest>().ProducesProblem(404)
            .WithSummary("The manifest of a name: the model that nodes are to run, and those that were withdrawn.");
        api.MapMethods("/models/{name}/{version}", QueryApi.GetAndHead, File).Produces(200, contentType: "application/octet-stream")
            .Produces(206, contentType: "application/octet-stream").Produces(304).ProducesProblem(404).ProducesProblem(503)
            .WithSummary("The file of a model. Ranges are served; the ETag is its SHA-256.");
    }

    private static IResult Manifest(string name, ModelRegistry registry) =>
        ModelRegistry.IsName(name) && registry.List().Any(model => model.Name == name)
            ? TypedResults.Json(registry.Manifest(name), ModelManifestJson.Default.ModelManifest)
            : Missing($"there is no model '{name}'");

    private static IResult File(string name, string version, ModelRegistry registry, ModelDownloads downloads, HttpContext context)
    {
        if (registry.Find(name, version) is not { } model || !System.IO.File.Exists(registry.PathOf(model)))
        {
            return Missing($"there is no model {name} {version}");
        }

        if (!downloads.TryBegin())
        {
            context.Response.Headers.RetryAfter = "5";
            return TypedResults.Problem("As many models are being downloaded as models.maxDownloads allows: try again in 5 s.", statusCode: 503, title: "Too many downloads.");
        }

        // A version never gets another file: what a node has of it, it may keep.
        context.Response.Headers.CacheControl = "private, max-age=31536000, immutable";
        return new ModelDownload(
            TypedResults.PhysicalFile(
                registry.PathOf(model), "application/octet-stream", entityTag: new EntityTagHeaderValue($"\"{model.Digest}\""), enableRangeProcessing: true),
            downloads);
    }

    private static ProblemHttpResult Missing(string what) =>
        TypedResults.Problem($"{what}: /api/v1/models lists what there is.", statusCode: 404, title: "Unknown model.");
}

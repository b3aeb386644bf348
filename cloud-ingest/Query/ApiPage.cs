using Microsoft.AspNetCore.Routing;
using Scalar.AspNetCore;

namespace Sensing.CloudIngest.Query;

/// <summary>The OpenAPI document as a page to read and try, <c>/scalar</c>. Everything it needs is served from here.</summary>
internal static class ApiPage
{
    public const string Path = "/scalar";

    /// <summary>What the page may load and ask: itself and the API, nothing foreign.</summary>
    public const string Policy = "default-src 'none'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; "
        + "font-src 'self' data:; connect-src 'self'; worker-src 'self' blob:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    public static void MapApiPage(this IEndpointRouteBuilder app) => app.MapScalarApiReference(Path, options => options
        .WithTitle("Sensing query API")
        .WithOpenApiRoutePattern("/openapi/{documentName}.json")
        .AddDocument("v1")
        .DisableDefaultFonts()
        .DisableTelemetry()
        .DisableAgent()
        .HideDeveloperTools()
        .HideClientButton());
}

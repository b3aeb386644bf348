using System.Text.Json;
using Sensing.Dashboards.Options;
using Sensing.Dashboards.Pages;

namespace Sensing.Dashboards;

/// <summary>Puts the dashboard's pages into an ASP.NET Core application.</summary>
public static class DashboardEndpoints
{
    /// <summary>Maps the client's pages (<c>/</c>, <c>/fibre</c>, …), their files (<c>/lib/…</c>) and <c>/dashboard/places.json</c>.</summary>
    /// <remarks>The pages ask <c>/api/v1</c> of the same origin: the application maps the query API there, or forwards it.
    /// Everything is served from memory, with an entity tag and a strict Content-Security-Policy.</remarks>
    /// <param name="endpoints">The application.</param>
    /// <param name="options">Locations of nodes (default: none).</param>
    /// <param name="client">Folder of a client that <c>client/build.mjs --out</c> has built, for instance with more pages
    /// (default: the client in this assembly).</param>
    /// <exception cref="DirectoryNotFoundException"><paramref name="client"/> holds no built client.</exception>
    /// <exception cref="InvalidDataException">The client is damaged.</exception>
    public static IEndpointConventionBuilder MapDashboard(
        this IEndpointRouteBuilder endpoints, DashboardOptions? options = null, DirectoryInfo? client = null)
    {
        RouteGroupBuilder group = endpoints.MapGroup("");
        group.ExcludeFromDescription();
        PageFiles files = client is null ? PageFiles.Embedded : PageFiles.FromFolder(client);
        foreach ((string route, PageFile file) in files.ByRoute)
        {
            group.MapMethods(route, [HttpMethods.Get, HttpMethods.Head], (HttpContext context) => SendAsync(context, file));
        }

        byte[] places = JsonSerializer.SerializeToUtf8Bytes(options ?? DashboardOptions.Default, DashboardJson.Default.DashboardOptions);
        group.MapGet("/dashboard/places.json", (HttpContext context) =>
        {
            PageSecurity.Apply(context.Response.Headers);
            return Results.Bytes(places, "application/json");
        });
        return group;
    }

    private static async Task SendAsync(HttpContext context, PageFile file)
    {
        HttpResponse response = context.Response;
        PageSecurity.Apply(response.Headers);
        response.Headers.ETag = file.EntityTag;
        // Names do not change with the content, so a browser asks each time; most answers are 304.
        response.Headers.CacheControl = "no-cache";
        response.Headers.Vary = "Accept-Encoding";
        if (context.Request.Headers.IfNoneMatch.Any(tags => tags?.Contains(file.EntityTag, StringComparison.Ordinal) == true))
        {
            response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }

        response.ContentType = file.ContentType;
        byte[] body = file.Plain;
        if (file.Compressed is { } compressed && AcceptsGzip(context.Request))
        {
            response.Headers.ContentEncoding = "gzip";
            body = compressed;
        }

        response.ContentLength = body.Length;
        if (!HttpMethods.IsHead(context.Request.Method))
        {
            await response.Body.WriteAsync(body, context.RequestAborted).ConfigureAwait(false);
        }
    }

    private static bool AcceptsGzip(HttpRequest request) =>
        request.GetTypedHeaders().AcceptEncoding.Any(e => e.Value == "gzip" && e.Quality is not 0.0);
}

using System.Text.Json;
using Sensing.Dashboards.Options;
using Sensing.Dashboards.Pages;

namespace Sensing.Dashboards;

/// <summary>Puts the dashboard's pages into an ASP.NET Core application.</summary>
public static class DashboardEndpoints
{
    private static readonly (string Route, string File)[] Pages = [("/", "index.html"), ("/fibre", "fibre.html")];

    /// <summary>Maps the pages (<c>/</c>, <c>/fibre</c>), their files (<c>/lib/…</c>) and <c>/dashboard/places.json</c>.</summary>
    /// <remarks>The pages ask <c>/api/v1</c> of the same origin: the application maps the query API there, or forwards it.
    /// Everything is served from memory, with an entity tag, and a strict Content-Security-Policy.</remarks>
    /// <param name="endpoints">The application.</param>
    /// <param name="options">Places of nodes (default: none).</param>
    public static IEndpointConventionBuilder MapDashboard(this IEndpointRouteBuilder endpoints, DashboardOptions? options = null)
    {
        RouteGroupBuilder group = endpoints.MapGroup("");
        group.ExcludeFromDescription();
        foreach ((string route, string file) in Pages)
        {
            Map(group, route, PageFiles.Embedded.Find(file)
                ?? throw new InvalidOperationException($"The dashboard was built without its client: {file} is missing."));
        }

        foreach (string path in PageFiles.Embedded.Paths.Where(p => !p.EndsWith(".html", StringComparison.Ordinal)))
        {
            Map(group, "/" + path, PageFiles.Embedded.Find(path)!);
        }

        byte[] places = JsonSerializer.SerializeToUtf8Bytes(options ?? DashboardOptions.Default, DashboardJson.Default.DashboardOptions);
        group.MapGet("/dashboard/places.json", (HttpContext context) =>
        {
            PageSecurity.Apply(context.Response.Headers);
            return Results.Bytes(places, "application/json");
        });
        return group;
    }

    private static void Map(RouteGroupBuilder group, string route, PageFile file) =>
        group.MapMethods(route, [HttpMethods.Get, HttpMethods.Head], (HttpContext context) => SendAsync(context, file));

    private static async Task SendAsync(HttpContext context, PageFile file)
    {
        HttpResponse response = context.Response;
        PageSecurity.Apply(response.Headers);
        response.Headers.ETag = file.EntityTag;
        // Names do not change with the content, so a browser asks each time and mostly hears 304.
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

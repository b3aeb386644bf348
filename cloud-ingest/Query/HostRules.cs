using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Sensing.CloudIngest.Configuration;

namespace Sensing.CloudIngest.Query;

/// <summary>What every answer of the process keeps to, whatever maps it: the name by which it was asked, and headers that keep what it says from being taken
/// for a page. No other origin is let in (there are no CORS headers).</summary>
/// <remarks>A page of a foreign name that has itself resolved to this machine (DNS rebinding) is of one origin with it, for a browser, and reads all
/// that needs no key. Such a request carries that name. An IP address in its place cannot be resolved to something else.</remarks>
internal sealed class HostRules(CloudOptions options) : IStartupFilter
{
    private readonly HashSet<string> _names = new(
        ["localhost", .. Uri.TryCreate(options.Http.Address, UriKind.Absolute, out Uri? own) ? [own.Host] : Array.Empty<string>(), .. options.Http.Hosts],
        StringComparer.OrdinalIgnoreCase);

    private readonly bool _hasKeys = options.Http.ApiKeyFile is not null;

    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        app.Use(InvokeAsync);
        next(app);
    };

    private async Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        HttpResponse response = context.Response;
        response.OnStarting(Secure, response);
        if (!_hasKeys && !IsOwn(context.Request.Host.Host))
        {
            response.StatusCode = StatusCodes.Status400BadRequest;
            await TypedResults.Problem(
                $"Ask for this server by localhost, an IP address or a name in http.hosts, or name an http.apiKeyFile.",
                statusCode: StatusCodes.Status400BadRequest, title: "The Host header names another server.").ExecuteAsync(context).ConfigureAwait(false);
            return;
        }

        await next(context).ConfigureAwait(false);
    }

    private bool IsOwn(string host) => _names.Contains(host) || IPAddress.TryParse(host.Trim('[', ']'), out _);

    /// <summary>Those that are not set already: pages have a policy of their own.</summary>
    private static Task Secure(object state)
    {
        var response = (HttpResponse)state;
        IHeaderDictionary headers = response.Headers;
        if (response.HttpContext.Request.Path.StartsWithSegments(ApiPage.Path, StringComparison.OrdinalIgnoreCase))
        {
            headers.TryAdd("Content-Security-Policy", ApiPage.Policy);
        }

        headers.TryAdd("X-Content-Type-Options", "nosniff");
        headers.TryAdd("X-Frame-Options", "DENY");
        headers.TryAdd("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'");
        headers.TryAdd("Referrer-Policy", "no-referrer");
        headers.TryAdd("Cross-Origin-Resource-Policy", "same-origin");
        return Task.CompletedTask;
    }
}

using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Sensing.Dashboards.Proxy;

/// <summary>Puts the forwarding of <c>/api</c> into an application that does not hold the query API itself.</summary>
public static class ApiForwarderEndpoints
{
    public static IServiceCollection AddApiForwarder(this IServiceCollection services, ApiForwarderOptions options)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(options);
        services.AddSingleton<ApiForwarder>();
        return services;
    }

    public static IEndpointConventionBuilder MapApiForwarder(this IEndpointRouteBuilder endpoints)
    {
        ApiForwarder forwarder = endpoints.ServiceProvider.GetRequiredService<ApiForwarder>();
        return endpoints.MapMethods("/api/{**path}", [HttpMethods.Get, HttpMethods.Head], forwarder.ForwardAsync).ExcludeFromDescription();
    }
}

using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using Sensing.CloudIngest.Configuration;
using Sensing.CloudIngest.Query;

namespace Sensing.CloudIngest.Telemetry;

/// <summary>Brings the instruments out: to whoever scrapes <c>/metrics</c>, and to an OTLP receiver.</summary>
public static class CloudTelemetry
{
    /// <summary>Where metrics are scraped.</summary>
    public const string Path = "/metrics";

    /// <summary>Adds the exporters that <paramref name="options"/> ask for; <see cref="MapMetrics"/> then serves them.</summary>
    public static IServiceCollection AddCloudTelemetry(this IServiceCollection services, TelemetryOptions options)
    {
        if (!options.Prometheus && options.OtlpEndpoint is null)
        {
            return services;
        }

        services.AddOpenTelemetry().WithMetrics(metrics =>
        {
            metrics
                .ConfigureResource(resource => resource.AddService("cloud-ingest", serviceNamespace: "sensing"))
                .AddMeter(CloudMetrics.MeterName)
                // Memory, collections and threads of the runtime, by its own instruments.
                .AddMeter("System.Runtime");
            if (options.Prometheus)
            {
                // A scrape shows this instant, not one of the last 300 ms.
                metrics.AddPrometheusExporter(exporter => exporter.ScrapeResponseCacheDurationMilliseconds = 0);
            }

            if (options.OtlpEndpoint is { } endpoint)
            {
                metrics.AddOtlpExporter((exporter, reader) =>
                {
                    exporter.Endpoint = new Uri(endpoint);
                    exporter.Protocol = options.OtlpProtocol == OtlpProtocol.Grpc ? OtlpExportProtocol.Grpc : OtlpExportProtocol.HttpProtobuf;
                    reader.PeriodicExportingMetricReaderOptions.ExportIntervalMilliseconds = options.OtlpSeconds * 1000;
                });
            }
        });
        return services;
    }

    /// <summary>Maps <see cref="Path"/> where it is asked for, behind the API keys. Needs <see cref="AddCloudTelemetry"/>.</summary>
    public static IEndpointRouteBuilder MapMetrics(this IEndpointRouteBuilder app)
    {
        TelemetryOptions options = app.ServiceProvider.GetRequiredService<CloudOptions>().Telemetry;
        if (options.Prometheus)
        {
            app.MapPrometheusScrapingEndpoint(
                Path, meterProvider: null, branch => branch.Use(RequireKey(app.ServiceProvider.GetRequiredService<ApiKeys>(), options)), optionsName: null)
                .ExcludeFromDescription();
        }

        return app;
    }

    private static Func<HttpContext, RequestDelegate, Task> RequireKey(ApiKeys keys, TelemetryOptions options) => (context, next) =>
        keys.Allow(context) || (options.OpenOnLoopback && context.Connection.RemoteIpAddress is { } address && System.Net.IPAddress.IsLoopback(address))
            ? next(context)
            : ApiKeys.Refusal(context).ExecuteAsync(context);
}

using System.Net;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using Sensing.EdgeNode.Configuration;
using Sensing.EdgeNode.Hosting;

namespace Sensing.EdgeNode.Telemetry;

/// <summary>Brings the instruments out: to whoever scrapes, and to an OTLP receiver.</summary>
/// <remarks>A small listener of its own rather than a web server: see docs/operations.md for what it costs in memory.</remarks>
internal sealed class NodeTelemetry : IDisposable
{
    private readonly MeterProvider _provider;

    private NodeTelemetry(MeterProvider provider) => _provider = provider;

    /// <returns>Null where nothing is asked for.</returns>
    /// <exception cref="NodeException">The port cannot be had.</exception>
    public static NodeTelemetry? Start(NodeOptions node)
    {
        TelemetryOptions options = node.Telemetry;
        if (!options.Prometheus && options.OtlpEndpoint is null)
        {
            return null;
        }

        MeterProviderBuilder metrics = Sdk.CreateMeterProviderBuilder()
            .ConfigureResource(resource => resource.AddService(
                "edge-node", serviceNamespace: "sensing", serviceVersion: EdgeNodeHost.Version, serviceInstanceId: $"{node.Site}/{node.Node}"))
            .AddMeter(NodeMetrics.MeterName);
        if (options.Prometheus)
        {
            metrics.AddPrometheusHttpListener(listener =>
            {
                // The host is compared with what the scraper asks for; of an address of any interface nobody asks by its name.
                bool any = IPAddress.Parse(options.Address) is { } address && (address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any));
                listener.ConfigureHttpListener = (_, http) =>
                {
                    http.Prefixes.Clear();
                    http.Prefixes.Add($"http://{(any ? "*" : Uri.CheckHostName(options.Address) == UriHostNameType.IPv6 ? $"[{options.Address}]" : options.Address)}:{options.Port}/metrics/");
                };
                listener.ScrapeResponseCacheDurationMilliseconds = 0;
            });
        }

        if (options.OtlpEndpoint is { } endpoint)
        {
            metrics.AddOtlpExporter((exporter, reader) =>
            {
                exporter.Endpoint = new Uri(endpoint);
                reader.PeriodicExportingMetricReaderOptions.ExportIntervalMilliseconds = options.OtlpSeconds * 1000;
            });
        }

        try
        {
            return new NodeTelemetry(metrics.Build());
        }
        catch (Exception error) when (error is HttpListenerException or System.Net.Sockets.SocketException)
        {
            throw new NodeException($"Metrics cannot be served on {options.Address}:{options.Port} ({error.Message}). Choose another telemetry.port, or stop what uses it.");
        }
    }

    public void Dispose() => _provider.Dispose();
}

using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Logging;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using Sensing.EdgeNode.Configuration;
using Sensing.EdgeNode.Hosting;

namespace Sensing.EdgeNode.Telemetry;

/// <summary>Brings the instruments out: to whoever scrapes, and to an OTLP receiver.</summary>
/// <remarks>A small listener of its own rather than a web server: see docs/operations.md for what it costs in memory.</remarks>
internal sealed class NodeTelemetry : IDisposable
{
    private const int MostAttempts = 10;

    private readonly MeterProvider _provider;

    private NodeTelemetry(MeterProvider provider) => _provider = provider;

    /// <returns>Null where nothing is asked for.</returns>
    /// <exception cref="NodeException">The port cannot be had.</exception>
    public static NodeTelemetry? Start(NodeOptions node, ILoggerFactory logs)
    {
        TelemetryOptions options = node.Telemetry;
        if (!options.Prometheus && options.OtlpEndpoint is null)
        {
            return null;
        }

        for (int attempt = 1; ; attempt++)
        {
            try
            {
                return new NodeTelemetry(Metrics(node, options, logs).Build());
            }
            catch (Exception error) when (attempt < MostAttempts && MayPass(error.GetBaseException(), attempt))
            {
                // Once more.
            }
            catch (Exception error) when (error.GetBaseException() is HttpListenerException or SocketException or ArgumentNullException)
            {
                throw new NodeException($"Metrics cannot be served on {options.Address}:{options.Port} ({error.GetBaseException().Message}). Choose another telemetry.port, or stop what uses it.");
            }

            // What the failed attempt has left behind.
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }
    }

    public void Dispose() => _provider.Dispose();

    /// <summary>.NET's listener throws <see cref="ArgumentNullException"/> where somebody connects before it is wholly made (dotnet/corefx issue 35191),
    /// and leaves its socket to the collector: until that has come, the port is in use.</summary>
    private static bool MayPass(Exception error, int attempt) =>
        error is ArgumentNullException || (attempt > 1 && error is (HttpListenerException or SocketException));

    private static MeterProviderBuilder Metrics(NodeOptions node, TelemetryOptions options, ILoggerFactory logs)
    {
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
            var exporter = new OtlpExporterOptions
            {
                Endpoint = new Uri(endpoint),
                Protocol = options.OtlpProtocol == OtlpProtocol.Grpc ? OtlpExportProtocol.Grpc : OtlpExportProtocol.HttpProtobuf,
            };
            metrics.AddReader(new PeriodicExportingMetricReader(
                new ReportingOtlpExporter(exporter, logs.CreateLogger<NodeTelemetry>()), options.OtlpSeconds * 1000)
            {
                TemporalityPreference = MetricReaderTemporalityPreference.Cumulative,
            });
        }

        return metrics;
    }
}

using Microsoft.Extensions.Logging;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;

namespace Sensing.EdgeNode.Telemetry;

/// <summary>Sends metrics to an OTLP receiver, and reports when that takes none, and when it takes some
/// again.</summary>
/// <remarks>The exporter of OpenTelemetry itself only tells an event source, to which nobody listens.</remarks>
internal sealed class ReportingOtlpExporter(OtlpExporterOptions options, ILogger logger) : OtlpMetricExporter(options)
{
    private readonly Uri _receiver = options.Endpoint;
    private bool _isDead;

    public override ExportResult Export(in Batch<Metric> metrics)
    {
        ExportResult result = base.Export(metrics);
        bool failed = result == ExportResult.Failure;
        if (failed != _isDead)
        {
            _isDead = failed;
            if (failed)
            {
                TelemetryLog.ReceiverIsDead(logger, _receiver);
            }
            else
            {
                TelemetryLog.ReceiverIsBack(logger, _receiver);
            }
        }

        return result;
    }
}

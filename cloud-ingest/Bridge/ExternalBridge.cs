using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Sensing.CloudIngest.Configuration;
using Sensing.CloudIngest.Telemetry;

namespace Sensing.CloudIngest.Bridge;

/// <summary>Reads another broker: a shared subscription, acknowledged by hand after the log has the message.</summary>
/// <remarks>Fixed client id, clean start off and a session that outlives the connection: what was not acknowledged comes again. At most
/// the receive maximum is under way.</remarks>
public sealed partial class ExternalBridge : BackgroundService, INodePresence
{
    private readonly ExternalBrokerOptions _options;
    private readonly LimitOptions _limits;
    private readonly MessageIntake _intake;
    private readonly MessageReader _reader;
    private readonly TimeProvider _time;
    private readonly Random _jitter;
    private readonly CloudMetrics _metrics;
    private readonly ILogger<ExternalBridge> _logger;
    private volatile BridgeConnection? _connection;
    private volatile string? _problem = "not connected to the MQTT broker yet";

    /// <param name="options">Where the broker is.</param>
    /// <param name="limits">Largest packet.</param>
    /// <param name="intake">Where messages go.</param>
    /// <param name="reader">Reads them.</param>
    /// <param name="time">Clock of the waits between tries.</param>
    /// <param name="seed">Of the jitter, so that many bridges do not come back at one instant.</param>
    /// <param name="metrics">Counts connections.</param>
    /// <param name="logger">Told once when the broker goes and once when it is back.</param>
    public ExternalBridge(
        ExternalBrokerOptions options, LimitOptions limits, MessageIntake intake, MessageReader reader, TimeProvider time, int seed,
        CloudMetrics metrics, ILogger<ExternalBridge> logger)
    {
        _metrics = metrics;
        _options = options;
        _limits = limits;
        _intake = intake;
        _reader = reader;
        _time = time;
        _jitter = new Random(seed);
        _logger = logger;
    }

    public string? Problem => _problem;

    /// <summary>The other broker knows its connections and does not tell: the node's own word or its last will counts.</summary>
    public bool? IsConnected(string site, string node) => null;

    /// <summary>Retains a message at the broker.</summary>
    /// <exception cref="IOException">There is no connection now, or the broker refuses it.</exception>
    internal Task RetainAsync(string topic, byte[] payload, CancellationToken cancellation) =>
        (_connection ?? throw new IOException(_problem ?? "not connected to the MQTT broker yet")).RetainAsync(topic, payload, cancellation);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var backoff = new Backoff(TimeSpan.FromSeconds(0.25), TimeSpan.FromSeconds(_options.MaxBackoffSeconds), _jitter);
        bool told = false;
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                // Every connection is one of its own, so nothing of the one before is acknowledged in it.
                using var connection = new BridgeConnection(_options, _limits, _intake, _reader, _time);
                await connection.RunAsync(
                    () =>
                    {
                        _problem = null;
                        _connection = connection;
                        _metrics.BridgeConnected();
                        backoff.Reset();
                        told = false;
                        Connected(_options.Host, _options.Port);
                    },
                    stoppingToken).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                break;
            }
#pragma warning disable CA1031 // Whatever happened to a connection, the next one is tried; the reason is told and shown as not ready.
            catch (Exception error)
#pragma warning restore CA1031
            {
                _problem = $"no connection to the MQTT broker {_options.Host}:{_options.Port}: {error.Message}";
                if (!told)
                {
                    told = true;
                    Disconnected(_options.Host, _options.Port, error.Message);
                }
            }

            _connection = null;
            if (!stoppingToken.IsCancellationRequested)
            {
                await Task.Delay(backoff.Next(), _time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }

        _problem = "stopped";
    }

    [LoggerMessage(4201, LogLevel.Information, "Reads the MQTT broker {Host}:{Port}.")]
    private partial void Connected(string host, int port);

    [LoggerMessage(4202, LogLevel.Warning, "No connection to the MQTT broker {Host}:{Port} ({Reason}); trying until there is one.")]
    private partial void Disconnected(string host, int port, string reason);
}

using Microsoft.Extensions.Logging;
using MQTTnet;
using MQTTnet.Exceptions;
using Sensing.EdgeNode.Configuration;
using Sensing.EdgeNode.Models;
using Sensing.EdgeNode.Outbox;
using Sensing.EdgeNode.Streams;
using Sensing.EdgeNode.Waiting;
using Sensing.Events.Node;

namespace Sensing.EdgeNode.Publishing;

/// <summary>Brings events from the outbox to the broker: many in flight, in order, each until the broker has taken it.</summary>
/// <remarks>
/// Delivery guarantees: at least once to the broker, by QoS 1; an event leaves the outbox on a PUBACK that says success.
/// Within a stream and priority the first copies arrive in order, with one exception: what a broker refused for now
/// (quota, its last subscriber gone) is sent again after what was in flight behind it; until a connection's first event has been taken,
/// nothing is in flight behind it. Repeats carry the same id.
/// </remarks>
public sealed partial class Publisher
{
    private readonly MqttOptions _options;
    private readonly BrokerFiles _files;
    private readonly NodeVoice _voice;
    private readonly EventOutbox _outbox;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly PublisherTally _tally;
    private readonly SiteEvents? _site;
    private readonly ModelUpdates? _models;
    private readonly Backoff _connectBackoff;
    private readonly Backoff _refusedBackoff;

    private CancellationToken _ended;
    private long _delivered;
    private volatile bool _connected;
    private volatile string? _problem;

    /// <param name="options">Broker.</param>
    /// <param name="baseDirectory">Folder that relative file names start from.</param>
    /// <param name="voice">What the node says about itself.</param>
    /// <param name="outbox">Where the events come from.</param>
    /// <param name="time">Clock for waiting.</param>
    /// <param name="seed">Of the jitter.</param>
    /// <param name="logger">Log.</param>
    /// <param name="tally">Counts on; absent: from zero.</param>
    /// <param name="site">Gets the events of other nodes that the node's streams read; absent: none are received.</param>
    public Publisher(
        MqttOptions options, string baseDirectory, NodeVoice voice, EventOutbox outbox, TimeProvider time, int seed, ILogger logger,
        PublisherTally? tally = null, SiteEvents? site = null)
        : this(options, baseDirectory, voice, outbox, time, seed, logger, tally, site, null)
    {
    }

    internal Publisher(
        MqttOptions options, string baseDirectory, NodeVoice voice, EventOutbox outbox, TimeProvider time, int seed, ILogger logger,
        PublisherTally? tally, SiteEvents? site, ModelUpdates? models)
    {
        (_site, _models) = (site, models);
        _tally = tally ?? new PublisherTally();
        _options = options;
        _files = new BrokerFiles(options, baseDirectory);
        _voice = voice;
        _outbox = outbox;
        _time = time;
        _logger = logger;
        _connectBackoff = new Backoff(options.Backoff, seed);

        // One event alone is tried, which costs the broker little: soon enough for whoever waits for its coming back.
        _refusedBackoff = new Backoff(options.Backoff with { MaxSeconds = Math.Min(options.Backoff.MaxSeconds, Math.Max(options.Backoff.InitialSeconds, 5)) }, seed + 1);
    }

    public PublisherState State => new(_connected, Interlocked.Read(ref _delivered), _problem);

    /// <summary>Publishes until <paramref name="stop"/>, then what still waits, but not longer than <paramref name="drain"/>;
    /// says 'stopped' and leaves.</summary>
    /// <param name="drain">Bound of the last sending.</param>
    /// <param name="leave">Asked on a stop. True: the node ends and says 'stopped'. False: another publisher takes over.</param>
    /// <param name="stop">No new events are to come.</param>
    /// <remarks>Runs once; afterwards the outbox gives out again what was not delivered.</remarks>
    public async Task RunAsync(TimeSpan drain, Func<bool> leave, CancellationToken stop)
    {
        using var ended = new CancellationTokenSource();
        _ended = ended.Token;
        string? said = null;
        while (!stop.IsCancellationRequested)
        {
            try
            {
                await using BrokerSession session = await BrokerSession.ConnectAsync(_options, _files, _voice, _time, stop);
                _connected = true;
                _problem = said = null;
                _tally.Connected();
                PublisherLog.Connected(_logger, _options.Host, _options.Port, session.Window);
                using ModelSubscription? announced = _models is null ? null : session.Hear(_models, _logger);
                using SiteSubscription? heard = _site is null ? null : session.Hear(_voice, _site, _logger);
                await DrainAsync(session, drain, leave, stop);
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                break;
            }
            catch (Exception error) when (error is MqttCommunicationException or ConnectionRefusedException or TimeoutException
                or System.Net.Sockets.SocketException or IOException or OperationCanceledException or InvalidOperationException
                or System.Security.Authentication.AuthenticationException or MqttProtocolViolationException)
            {
                // The same problem is said once, not at every try.
                string problem = Innermost(error);
                _problem = problem;
                if (said != problem)
                {
                    said = problem;
                    PublisherLog.NotConnected(_logger, _options.Host, _options.Port, problem);
                }
            }
            finally
            {
                _connected = false;
            }

            await Task.Delay(_connectBackoff.Next(), _time, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        await ended.CancelAsync();
        _outbox.Rewind();
        if (leave() && _outbox.Statistics.Events is > 0 and long rest)
        {
            PublisherLog.StoppedWithRest(_logger, rest);
        }
    }

    private static string Innermost(Exception error)
    {
        while (error.InnerException is { } inner && error is not ConnectionRefusedException)
        {
            error = inner;
        }

        return error.Message.TrimEnd('.') + ".";
    }

    private async Task<bool> SayAsync(BrokerSession session, NodeState state)
    {
        try
        {
            MqttClientPublishResult answer = await session.PublishAsync(_voice.Message(state)).WaitAsync(AckTimeout, _time);
            if (!answer.IsSuccess)
            {
                PublisherLog.StatusRefused(_logger, answer.ReasonCode.ToString());
            }

            return true;
        }
        catch (Exception error) when (error is TimeoutException || IsLoss(error))
        {
            return false;
        }
    }

    /// <summary>What an unanswered message faults with when the connection goes.</summary>
    private static bool IsLoss(Exception error) => error is MqttCommunicationException or MqttClientDisconnectedException
        or OperationCanceledException or ObjectDisposedException or IOException or System.Net.Sockets.SocketException
        or InvalidOperationException;
}

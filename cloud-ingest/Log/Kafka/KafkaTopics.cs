using System.Globalization;
using Confluent.Kafka;
using Confluent.Kafka.Admin;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Sensing.CloudIngest.Bridge;
using Sensing.CloudIngest.Configuration;
using Sensing.Events;

namespace Sensing.CloudIngest.Log.Kafka;

/// <summary>Creates the topics that are absent, before anything is written to them: a topic that a broker creates by
/// itself has the brokers'
/// number of partitions.</summary>
/// <remarks>Retried until it works; log and sink wait for <see cref="Ready"/>. What is there is left as it is: more
/// partitions would part a
/// stream's events. Where this process is not to create them, each topic is asked for by its name, at which brokers
/// that create topics
/// by themselves do so: a sink gets no partition, and is never ready, while none of its topics is there.</remarks>
public sealed partial class KafkaTopics(
    KafkaOptions options, EventCatalogue catalogue, LimitOptions limits, TimeProvider time, int seed, ILogger<KafkaTopics> logger) : BackgroundService
{
    private readonly TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile string? _problem = "the topics have not been looked for yet";

    /// <summary>The topics of the event families, and those beside them.</summary>
    internal KafkaTopicNames Names { get; } = new(options.Topics, catalogue);

    /// <summary>Longest wait for an answer (default: 10 s).</summary>
    internal TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Completes when every topic is there; cancelled when the process stops before.</summary>
    public Task Ready => _ready.Task;

    /// <summary>Why the topics are not there yet; null when they are.</summary>
    public string? Problem => _problem;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var backoff = new Backoff(TimeSpan.FromSeconds(0.5), TimeSpan.FromSeconds(5), new Random(seed));
        bool isReported = false;
        try
        {
            while (true)
            {
                try
                {
                    await (options.Topics.Create ? CreateAsync(stoppingToken) : AskAsync(stoppingToken)).ConfigureAwait(false);
                    break;
                }
#pragma warning disable CA1031 // Whatever Kafka says, or a file of certificates: reported, and retried.
                catch (Exception error)
#pragma warning restore CA1031
                {
                    // A look that ends with the process says nothing about Kafka.
                    stoppingToken.ThrowIfCancellationRequested();
                    _problem = $"the topics at {options.BootstrapServers} cannot be created or seen: {error.Message}";
                    if (!isReported)
                    {
                        isReported = true;
                        Waiting(options.BootstrapServers, error.Message);
                    }
                }

                await Task.Delay(backoff.Next(), time, stoppingToken).ConfigureAwait(false);
            }

            _problem = null;
            _ready.TrySetResult();
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            _ready.TrySetCanceled(stoppingToken);
        }
    }

    private async Task CreateAsync(CancellationToken cancellation)
    {
        var errors = new BrokerErrors();
        using IAdminClient admin = Admin(errors);
        Metadata metadata = await MetadataAsync(admin, errors, null, cancellation).ConfigureAwait(false);
        var missing = new List<TopicSpecification>();
        foreach (string topic in Names.Topics)
        {
            TopicSpecification wanted = Specification(topic, Names[topic]);
            TopicMetadata? there = metadata.Topics.Find(known => known.Topic == wanted.Name && known.Error.Code == ErrorCode.NoError);
            if (there is null)
            {
                missing.Add(wanted);
            }
            else if (there.Partitions.Count != wanted.NumPartitions)
            {
                Differs(wanted.Name, there.Partitions.Count, wanted.NumPartitions);
            }
        }

        if (missing.Count == 0)
        {
            return;
        }

        try
        {
            var bounds = new CreateTopicsOptions { RequestTimeout = Timeout, OperationTimeout = Timeout };
            await admin.CreateTopicsAsync(missing, bounds).WaitAsync(cancellation).ConfigureAwait(false);
        }
        catch (CreateTopicsException error) when (error.Results.TrueForAll(result => result.Error.Code is ErrorCode.NoError or ErrorCode.TopicAlreadyExists))
        {
            // Another bridge or sink was faster.
        }
        catch (CreateTopicsException error)
        {
            CreateTopicReport first = error.Results.First(result => result.Error.Code is not (ErrorCode.NoError or ErrorCode.TopicAlreadyExists));
            throw new IOException($"{first.Topic}: {first.Error.Reason}", error);
        }

        Created(string.Join(", ", missing.Select(topic => topic.Name)));
    }

    private async Task AskAsync(CancellationToken cancellation)
    {
        var errors = new BrokerErrors();
        using IAdminClient admin = Admin(errors);
        var absent = new List<string>();
        foreach (string name in Names.All)
        {
            Metadata metadata = await MetadataAsync(admin, errors, name, cancellation).ConfigureAwait(false);
            if (!metadata.Topics.Exists(topic => topic.Topic == name && !topic.Error.IsError))
            {
                absent.Add(name);
            }
        }

        if (absent.Count > 0)
        {
            Absent(string.Join(", ", absent), options.BootstrapServers);
        }
    }

    private IAdminClient Admin(BrokerErrors errors) => new AdminClientBuilder(KafkaClientSettings.Admin(options))
        .SetLogHandler((_, _) => { })
        .SetErrorHandler((_, error) => errors.Report(error))
        .Build();

    /// <param name="admin">Asks.</param>
    /// <param name="errors">What it has reported.</param>
    /// <param name="topic">The topic to ask for; null: all that are there.</param>
    /// <param name="cancellation">Before it asks.</param>
    private async Task<Metadata> MetadataAsync(IAdminClient admin, BrokerErrors errors, string? topic, CancellationToken cancellation)
    {
        try
        {
            return await Task.Run(() => topic is null ? admin.GetMetadata(Timeout) : admin.GetMetadata(topic, Timeout), cancellation)
                .ConfigureAwait(false);
        }
        catch (KafkaException error) when (errors.Last is { } reason)
        {
            // By itself it says only that there was no answer in time.
            throw new IOException(reason, error);
        }
    }

    private TopicSpecification Specification(string topic, string name)
    {
        KafkaTopicOverride? differs = Array.Find(options.Topics.Overrides, one => one.Topic == topic);
        int replication = differs?.Replication ?? options.Topics.Replication;
        double hours = differs?.RetentionHours ?? options.Topics.RetentionHours;
        var configuration = new Dictionary<string, string>
        {
            ["retention.ms"] = hours == 0 ? "-1" : ((long)(hours * 3_600_000)).ToString(CultureInfo.InvariantCulture),
            ["max.message.bytes"] = (limits.MaxPacketBytes + KafkaClientSettings.Overhead).ToString(CultureInfo.InvariantCulture),
            ["cleanup.policy"] = "delete",
        };
        if (replication >= 3)
        {
            configuration["min.insync.replicas"] = "2";
        }

        return new TopicSpecification
        {
            Name = name,
            NumPartitions = differs?.Partitions ?? options.Topics.Partitions,
            ReplicationFactor = (short)(replication == 0 ? -1 : replication),
            Configs = configuration,
        };
    }

    [LoggerMessage(4301, LogLevel.Information, "Created the Kafka topics {Topics}.")]
    private partial void Created(string topics);

    [LoggerMessage(4302, LogLevel.Warning, "The Kafka topics at {Servers} cannot be created or seen ({Reason}). Retrying.")]
    private partial void Waiting(string servers, string reason);

    [LoggerMessage(4304, LogLevel.Warning, "The Kafka topics {Topics} are absent at {Servers} (or just being created by the brokers). If they stay absent, create them or set kafka.topics.create to true.")]
    private partial void Absent(string topics, string servers);

    [LoggerMessage(4303, LogLevel.Warning, "The Kafka topic {Topic} has {Partitions} partitions, the configuration asks for {Wanted}: left as it is, since a change would part the events of a stream.")]
    private partial void Differs(string topic, int partitions, int wanted);
}

using System.Security.Cryptography;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Sensing.CloudIngest.Bridge;
using Sensing.CloudIngest.Broker;
using Sensing.CloudIngest.Configuration;
using Sensing.CloudIngest.Health;
using Sensing.CloudIngest.Log;
using Sensing.CloudIngest.Log.Kafka;
using Sensing.CloudIngest.Models;
using Sensing.CloudIngest.Query;
using Sensing.CloudIngest.Store;
using Sensing.CloudIngest.Telemetry;
using Sensing.Events;

namespace Sensing.CloudIngest;

/// <summary>The cloud tier as a library: broker or bridge, log, store and what the query API needs.</summary>
public static class CloudIngestServices
{
    /// <summary>Adds everything that <paramref name="options"/> ask for; <see cref="QueryApi.MapQueryApi"/> then serves it.</summary>
    /// <param name="services">Where it is added.</param>
    /// <param name="options">What this process does.</param>
    /// <param name="catalogue">Event families that the tier knows; events of others are stored as they are.</param>
    /// <param name="time">Clock of arrivals, waits and retention.</param>
    /// <remarks>Hosted services start in the order store, sink, log, broker and stop the other way round, so nothing that was taken is left
    /// behind. The embedded broker's address, with the port it got, is <see cref="EmbeddedBroker.EndPoint"/>.</remarks>
    public static IServiceCollection AddCloudIngest(this IServiceCollection services, CloudOptions options, EventCatalogue catalogue, TimeProvider time)
    {
        services.AddSingleton(options);
        services.AddSingleton(catalogue);
        services.AddSingleton<EventReader>();
        services.AddSingleton(time);
        services.AddMetrics();
        services.AddSingleton<CloudMetrics>();
        services.AddSingleton<TierHealth>();
        services.AddSingleton(provider =>
        {
            var loss = new DeadLetterLoss(time);
            provider.GetRequiredService<CloudMetrics>().ObserveDeadLetterLoss(() => loss.Removed);
            return loss;
        });
        if (options.Has(CloudRole.Sink) || options.Has(CloudRole.Query))
        {
            services.AddSingleton(_ => EventStores.Create(options.Store, catalogue, options.Limits, time));
            services.AddSingleton(provider => new StoreKeeper(
                provider.GetRequiredService<IEventStore>(), options.Store, time, provider.GetRequiredService<CloudMetrics>(),
                provider.GetRequiredService<ILogger<StoreKeeper>>(), provider.GetRequiredService<DeadLetterLoss>()));
            services.AddSingleton<IHostedService>(provider => provider.GetRequiredService<StoreKeeper>());
        }

        if (options.Has(CloudRole.Sink))
        {
            services.AddSingleton<StoreCommits>();
        }

        if (options.Kafka is { } kafka)
        {
            AddKafka(services, options, kafka, catalogue, time);
        }
        else if (options.Has(CloudRole.Bridge))
        {
            services.AddSingleton(provider => new StoreEventLog(
                provider.GetRequiredService<StoreCommits>(), options.Limits, time, provider.GetRequiredService<ILogger<StoreEventLog>>()));
            AddLog<StoreEventLog>(services);
        }

        if (!options.Has(CloudRole.Bridge))
        {
            services.AddSingleton<INodePresence, UnwatchedNodes>();
        }
        else
        {
            services.AddSingleton<MessageReader>();
            services.AddSingleton(provider => new MessageIntake(
                provider.GetRequiredService<IEventLog>(), provider.GetRequiredService<MessageReader>(), time, provider.GetRequiredService<CloudMetrics>()));
            if (options.Mqtt.External is { } external)
            {
                AddBridge(services, options, external, time);
            }
            else
            {
                AddBroker(services, options, time);
            }
        }

        services.AddModels(options, time);
        return services.AddQueryApi();
    }

    private static void AddKafka(IServiceCollection services, CloudOptions options, KafkaOptions kafka, EventCatalogue catalogue, TimeProvider time)
    {
        services.AddSingleton(provider => new KafkaTopics(kafka, catalogue, options.Limits, time, Seed(), provider.GetRequiredService<ILogger<KafkaTopics>>()));
        services.AddSingleton<IHostedService>(provider => provider.GetRequiredService<KafkaTopics>());
        if (options.Has(CloudRole.Sink))
        {
            services.AddSingleton(provider => new KafkaSink(
                kafka, options.Limits, provider.GetRequiredService<KafkaTopics>(), provider.GetRequiredService<EventReader>(), provider.GetRequiredService<IEventStore>(),
                provider.GetRequiredService<StoreCommits>(), provider.GetRequiredService<CloudMetrics>(), time, Seed(), provider.GetRequiredService<ILogger<KafkaSink>>()));
            services.AddSingleton<IHealthPart>(provider => provider.GetRequiredService<KafkaSink>());
            services.AddSingleton<IHostedService>(provider => provider.GetRequiredService<KafkaSink>());
        }

        if (options.Has(CloudRole.Bridge))
        {
            services.AddSingleton(provider => new KafkaEventLog(
                kafka, options.Limits, provider.GetRequiredService<KafkaTopics>(), provider.GetRequiredService<CloudMetrics>(), time, Seed(),
                provider.GetRequiredService<ILogger<KafkaEventLog>>()));
            AddLog<KafkaEventLog>(services);
        }
    }

    private static void AddLog<TLog>(IServiceCollection services)
        where TLog : class, IEventLog, IHostedService
    {
        services.AddSingleton<IEventLog>(provider => provider.GetRequiredService<TLog>());
        services.AddSingleton<IHealthPart>(provider => provider.GetRequiredService<TLog>());
        services.AddSingleton<IHostedService>(provider => provider.GetRequiredService<TLog>());
    }

    private static void AddBridge(IServiceCollection services, CloudOptions options, ExternalBrokerOptions external, TimeProvider time)
    {
        services.AddSingleton(provider => new ExternalBridge(
            external, options.Limits, provider.GetRequiredService<MessageIntake>(), provider.GetRequiredService<MessageReader>(), time, Seed(),
            provider.GetRequiredService<CloudMetrics>(),
            provider.GetRequiredService<ILogger<ExternalBridge>>()));
        services.AddSingleton<INodePresence>(provider => provider.GetRequiredService<ExternalBridge>());
        services.AddSingleton<IHostedService>(provider => provider.GetRequiredService<ExternalBridge>());
    }

    private static void AddBroker(IServiceCollection services, CloudOptions options, TimeProvider time)
    {
        services.AddSingleton(provider =>
        {
            var connections = new BrokerConnections();
            provider.GetRequiredService<CloudMetrics>().ObserveBrokerClients(() => connections.Count);
            return connections;
        });
        services.AddSingleton<INodePresence>(provider => provider.GetRequiredService<BrokerConnections>());
        services.AddSingleton(provider => new EmbeddedBroker(
            options.Mqtt.Embedded, options.Limits, provider.GetRequiredService<MessageIntake>(), provider.GetRequiredService<BrokerConnections>(),
            provider.GetRequiredService<IEventStore>(), time, provider.GetRequiredService<ILogger<EmbeddedBroker>>()));
        services.AddSingleton<IHostedService>(provider => provider.GetRequiredService<EmbeddedBroker>());
    }

    /// <summary>Of the jitter between tries, so that many processes do not come back at one instant.</summary>
    private static int Seed() => RandomNumberGenerator.GetInt32(int.MaxValue);
}

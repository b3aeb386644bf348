using System.Security.Cryptography;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Sensing.CloudIngest.Bridge;
using Sensing.CloudIngest.Broker;
using Sensing.CloudIngest.Configuration;
using Sensing.CloudIngest.Log;
using Sensing.CloudIngest.Query;
using Sensing.CloudIngest.Store;
using Sensing.CloudIngest.Telemetry;

namespace Sensing.CloudIngest;

/// <summary>The cloud tier as a library: broker or bridge, log, store and what the query API needs.</summary>
public static class CloudIngestServices
{
    /// <summary>Adds everything that <paramref name="options"/> ask for; <see cref="QueryApi.MapQueryApi"/> then serves it.</summary>
    /// <remarks>Hosted services start in the order store, log, broker and stop the other way round, so nothing that was taken is left
    /// behind. The embedded broker's address, with the port it got, is <see cref="EmbeddedBroker.EndPoint"/>.</remarks>
    public static IServiceCollection AddCloudIngest(this IServiceCollection services, CloudOptions options, TimeProvider time)
    {
        services.AddSingleton(options);
        services.AddSingleton(time);
        services.AddMetrics();
        services.AddSingleton<CloudMetrics>();
        services.AddSingleton<StoreCommits>();
        services.AddSingleton(_ => EventStores.Create(options.Store, options.Limits, time));
        services.AddSingleton(provider => new StoreKeeper(
            provider.GetRequiredService<IEventStore>(), options.Store, time, provider.GetRequiredService<CloudMetrics>(),
            provider.GetRequiredService<ILogger<StoreKeeper>>()));
        services.AddSingleton(provider => new StoreEventLog(
            provider.GetRequiredService<StoreCommits>(), options.Limits, time, provider.GetRequiredService<ILogger<StoreEventLog>>()));
        services.AddSingleton<IEventLog>(provider => provider.GetRequiredService<StoreEventLog>());
        services.AddSingleton(provider => new MessageIntake(
            provider.GetRequiredService<IEventLog>(), time, provider.GetRequiredService<CloudMetrics>()));
        services.AddSingleton<IHostedService>(provider => provider.GetRequiredService<StoreKeeper>());
        services.AddSingleton<IHostedService>(provider => provider.GetRequiredService<StoreEventLog>());
        if (options.Mqtt.External is { } external)
        {
            AddBridge(services, options, external, time);
        }
        else
        {
            AddBroker(services, options);
        }

        return services.AddQueryApi();
    }

    private static void AddBridge(IServiceCollection services, CloudOptions options, ExternalBrokerOptions external, TimeProvider time)
    {
        services.AddSingleton(provider => new ExternalBridge(
            external, options.Limits, provider.GetRequiredService<MessageIntake>(), time, RandomNumberGenerator.GetInt32(int.MaxValue),
            provider.GetRequiredService<CloudMetrics>(), provider.GetRequiredService<ILogger<ExternalBridge>>()));
        services.AddSingleton<INodePresence>(provider => provider.GetRequiredService<ExternalBridge>());
        services.AddSingleton<IHostedService>(provider => provider.GetRequiredService<ExternalBridge>());
    }

    private static void AddBroker(IServiceCollection services, CloudOptions options)
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
            provider.GetRequiredService<IEventStore>(), provider.GetRequiredService<ILogger<EmbeddedBroker>>()));
        services.AddSingleton<IHostedService>(provider => provider.GetRequiredService<EmbeddedBroker>());
    }
}

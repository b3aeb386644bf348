using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Sensing.CloudIngest.Bridge;
using Sensing.CloudIngest.Broker;
using Sensing.CloudIngest.Configuration;
using Sensing.CloudIngest.Store;
using Sensing.Models;

namespace Sensing.CloudIngest.Models;

/// <summary>The model registry as part of the tier.</summary>
internal static class ModelServices
{
    /// <summary>Adds nothing where no folder is configured.</summary>
    public static void AddModels(this IServiceCollection services, CloudOptions options, TimeProvider time)
    {
        if (options.Models.Directory is not { } folder)
        {
            return;
        }

        services.AddSingleton(_ => new ModelRegistry(folder, options.Models.MaxModelBytes, time));
        services.AddSingleton(_ => new ModelDownloads(options.Models.MaxDownloads));
        services.AddSingleton<ModelLabels>();
        if (options.Has(CloudRole.Bridge))
        {
            services.AddSingleton<IManifestSink>(provider => options.Mqtt.External is not null
                ? new ExternalManifestSink(provider.GetRequiredService<ExternalBridge>())
                : new EmbeddedManifestSink(provider.GetRequiredService<EmbeddedBroker>()));
            services.AddSingleton<IHostedService>(provider => new ManifestAnnouncer(
                provider.GetRequiredService<ModelRegistry>(), provider.GetRequiredService<IManifestSink>(), options.Models, time,
                provider.GetRequiredService<ILogger<ManifestAnnouncer>>()));
        }

        if (options.Has(CloudRole.Query))
        {
            services.AddSingleton(provider => new ModelRefinement(
                provider.GetRequiredService<ModelRegistry>(), provider.GetRequiredService<ModelLabels>(), provider.GetRequiredService<IEventStore>(), options.Models));
            services.AddSingleton<IHostedService>(provider => new RefinementJob(
                provider.GetRequiredService<ModelRefinement>(), provider.GetServices<IModelTraining>(), time,
                provider.GetRequiredService<ILogger<RefinementJob>>()));
        }
    }
}

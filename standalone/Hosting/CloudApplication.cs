using System.Net;
using Sensing.CloudIngest;
using Sensing.CloudIngest.Configuration;
using Sensing.CloudIngest.Query;
using Sensing.Dashboards;
using Sensing.Dashboards.Options;
using Sensing.Events;
using Sensing.Standalone.Commands;

namespace Sensing.Standalone.Hosting;

/// <summary>Broker, store, query API and pages as one web application.</summary>
internal static class CloudApplication
{
    public static WebApplication Build(EventCatalogue events, StandaloneSettings settings, DashboardOptions places)
    {
        var options = new CloudOptions
        {
            Mqtt = new MqttOptions
            {
                Embedded = new EmbeddedBrokerOptions { Port = settings.MqttPort > 0 ? settings.MqttPort : FreePort.OrAny(1883) },
            },
            Http = new HttpOptions { Address = settings.Listen.GetLeftPart(UriPartial.Authority) },
            Store = new StoreOptions { Path = Path.Combine(settings.DataDirectory, "cloud", "events.db") },
        };
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.Logging.AddSimpleConsole(console =>
        {
            console.SingleLine = true;
            console.UseUtcTimestamp = true;
            console.TimestampFormat = "yyyy-MM-ddTHH:mm:ssZ ";
        });
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            if (settings.Listen.Host == "localhost")
            {
                kestrel.ListenLocalhost(settings.Listen.Port);
            }
            else
            {
                kestrel.Listen(IPAddress.Parse(settings.Listen.Host.Trim('[', ']')), settings.Listen.Port);
            }
        });
        // The command's own token stops the host, in an order of its own; the host's handler would race with it.
        builder.Services.AddSingleton<IHostLifetime, CommandLifetime>();
        builder.Services.AddRoutingCore();
        builder.Services.AddCloudIngest(options, events, TimeProvider.System);
        WebApplication app = builder.Build();
        app.UseExceptionHandler();
        app.UseStatusCodePages();
        app.MapQueryApi();
        app.MapDashboard(places, settings.Client);
        return app;
    }

    private sealed class CommandLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}

using System.CommandLine;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;
using Sensing.CloudIngest.Configuration;
using Sensing.CloudIngest.Query;
using Sensing.CloudIngest.Store;
using Sensing.CloudIngest.Telemetry;
using Sensing.Events;
using Sensing.Models;

namespace Sensing.CloudIngest.Commands;

/// <summary><c>cloud-ingest run</c>: broker or bridge, store and query API until it is stopped.</summary>
internal static class RunCommand
{
    /// <summary>What is under way at a stop is given up after this, so that it ends by itself before Docker, which gives it 10 s, kills it.</summary>
    internal static readonly TimeSpan LongestStop = TimeSpan.FromSeconds(8);

    public static Command Create(EventCatalogue catalogue, IReadOnlyList<IModelTraining> trainings)
    {
        var arguments = new ConfigurationArguments(catalogue);
        var command = new Command("run", "Ingest events and serve the query API until stopped by Ctrl-C or SIGTERM.");
        arguments.AddTo(command);
        command.SetAction(async (parsed, cancellation) => arguments.Read(parsed, out int exitCode) is { } options
            ? await RunAsync(options, catalogue, trainings, cancellation).ConfigureAwait(false)
            : exitCode);
        return command;
    }

    private static async Task<int> RunAsync(
        CloudOptions options, EventCatalogue catalogue, IReadOnlyList<IModelTraining> trainings, CancellationToken cancellation)
    {
        if (options.Http.ApiKeyFile is { } keys && !File.Exists(keys))
        {
            await Console.Error.WriteLineAsync($"cloud-ingest: http.apiKeyFile {keys} does not exist: write one key a line into it.").ConfigureAwait(false);
            return ExitCode.Unavailable;
        }

        try
        {
            WebApplication app = Build(options, catalogue, trainings);
            await using (app.ConfigureAwait(false))
            {
                await app.StartAsync(cancellation).ConfigureAwait(false);
                await Console.Out.WriteLineAsync($"The {(options.Has(CloudRole.Query) ? "query API is" : "health checks are")} at {app.Urls.First()}.").ConfigureAwait(false);
                await app.WaitForShutdownAsync(cancellation).ConfigureAwait(false);
            }

            return ExitCode.Ok;
        }
        catch (Exception error) when (cancellation.IsCancellationRequested && IsCancellation(error))
        {
            // Something was given up at the bound of a stop.
            return ExitCode.Ok;
        }
        catch (Exception error) when (error is IOException or StoreException)
        {
            await Console.Error.WriteLineAsync($"cloud-ingest: {error.Message}").ConfigureAwait(false);
            return ExitCode.Unavailable;
        }
    }

    private static bool IsCancellation(Exception error) =>
        error is OperationCanceledException || (error is AggregateException { InnerExceptions: var all } && all.All(IsCancellation));

    private static WebApplication Build(CloudOptions options, EventCatalogue catalogue, IReadOnlyList<IModelTraining> trainings)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.Logging.AddSimpleConsole(console =>
        {
            console.SingleLine = true;
            console.UseUtcTimestamp = true;
            console.TimestampFormat = "yyyy-MM-ddTHH:mm:ssZ ";
        });
        // Whoever reads the log and stops reading must not stop the tier: what finds no room is dropped, and counted when there is room again.
        builder.Services.Configure<ConsoleLoggerOptions>(console => console.QueueFullMode = ConsoleLoggerQueueFullMode.DropWrite);
        builder.Logging.AddFilter("Microsoft", LogLevel.Warning);
        builder.WebHost.ConfigureKestrel(kestrel => Listen(kestrel, options.Http));
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = LongestStop);
        builder.Services.AddRoutingCore();
        foreach (IModelTraining training in trainings)
        {
            builder.Services.AddSingleton(training);
        }

        builder.Services.AddCloudIngest(options, catalogue, TimeProvider.System);
        builder.Services.AddCloudTelemetry(options.Telemetry);
        WebApplication app = builder.Build();
        app.UseExceptionHandler();
        app.UseStatusCodePages();
        app.MapQueryApi();
        app.MapMetrics();
        return app;
    }

    private static void Listen(KestrelServerOptions kestrel, HttpOptions http)
    {
        kestrel.AddServerHeader = false;
        var address = new Uri(http.Address);
        if (address.Host == "localhost")
        {
            kestrel.ListenLocalhost(address.Port, Secure);
        }
        else
        {
            kestrel.Listen(IPAddress.Parse(address.Host.Trim('[', ']')), address.Port, Secure);
        }

        void Secure(ListenOptions listening)
        {
            if (http.Tls is { } tls)
            {
                var certificates = new ReloadedCertificates(tls);
                listening.UseHttps(new TlsHandshakeCallbackOptions { OnConnection = _ => ValueTask.FromResult(certificates.ServerOptions()) });
            }
        }
    }
}

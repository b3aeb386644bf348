using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using Sensing.CloudIngest.Broker;
using Sensing.CloudIngest.Store;
using Sensing.Configuration;
using Sensing.Dashboards.Options;
using Sensing.EdgeNode.Commands;
using Sensing.EdgeNode.Configuration;
using Sensing.EdgeNode.Hosting;
using Sensing.EdgeNode.Models;
using Sensing.EdgeNode.Outbox;
using Sensing.Events;
using Sensing.Modules;
using Sensing.Standalone.Commands;
using Sensing.Streams;

namespace Sensing.Standalone.Hosting;

/// <summary>Starts the cloud side, then the node; stops the node first, so that what it still sends is stored.</summary>
internal static class StandaloneRun
{
    /// <summary>A recording whose first sample takes longer is started all the same.</summary>
    private static readonly TimeSpan LongestFirstSample = TimeSpan.FromSeconds(10);

    public static async Task<int> RunAsync(
        ModuleCatalogue modules, StandaloneSettings settings, TextWriter output, TextWriter errors, CancellationToken stop)
    {
        if (settings.Listen.Host != "localhost" && !(IPAddress.TryParse(settings.Listen.Host.Trim('[', ']'), out IPAddress? address) && IPAddress.IsLoopback(address)))
        {
            errors.WriteLine($"--listen {settings.Listen}: the standalone serves this machine only (127.0.0.1). To serve others, run cloud-ingest and dashboards, which require credentials.");
            return ExitCode.Configuration;
        }

        try
        {
            if (Configure(modules, settings, errors) is not { } configured)
            {
                return ExitCode.Configuration;
            }

            if (settings.Recording is { } recording && await CannotReadAsync(modules, configured.Options, configured.Folder, stop).ConfigureAwait(false) is { } problem)
            {
                errors.WriteLine($"--recording {recording}: {problem}");
                return ExitCode.Failed;
            }

            if (BuildCloud(modules, settings, configured.Places, errors) is not { } app)
            {
                return ExitCode.Configuration;
            }

            await using (app.ConfigureAwait(false))
            {
                await app.StartAsync(stop).ConfigureAwait(false);
                await RunNodeAsync(modules, app, configured.Options, configured.Folder, settings, output, stop).ConfigureAwait(false);
                await app.StopAsync(CancellationToken.None).ConfigureAwait(false);
            }

            return ExitCode.Done;
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return ExitCode.Done;
        }
        catch (IOException error) when (error.InnerException is AddressInUseException)
        {
            errors.WriteLine($"{error.Message} Stop what uses it, or choose another address with --listen http://127.0.0.1:PORT (0: any free one).");
            return ExitCode.Failed;
        }
        catch (SocketException error)
        {
            errors.WriteLine($"The MQTT broker cannot listen on 127.0.0.1:{settings.MqttPort}: {error.Message}. Choose another port with --mqtt-port.");
            return ExitCode.Failed;
        }
        catch (Exception error) when (error is IOException or StoreException or OutboxException or NodeException)
        {
            errors.WriteLine(error.Message);
            return ExitCode.Failed;
        }
    }

    /// <summary>Why nothing of the recording can be read; null where its first sample comes, or is late.</summary>
    private static async Task<string?> CannotReadAsync(ModuleCatalogue modules, NodeOptions options, string folder, CancellationToken stop)
    {
        using var wait = CancellationTokenSource.CreateLinkedTokenSource(stop);
        wait.CancelAfter(LongestFirstSample);
        foreach (StreamOptions stream in options.Streams)
        {
            try
            {
                var context = new StreamContext(new StreamAddress(options.Site, options.Node, stream.Name), TimeProvider.System, folder)
                {
                    Models = NodeModels.Of(options.Models, folder),
                };
                await modules.Streams.Visit(stream.Source!, stream.Pipeline!, context, new FirstSample(wait.Token)).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (!stop.IsCancellationRequested)
            {
                return null;
            }
            catch (Exception error) when (error is SourceException or InvalidOperationException)
            {
                return error.Message;
            }
        }

        return null;
    }

    /// <summary>Null where the user's client cannot be served; the error is printed.</summary>
    private static WebApplication? BuildCloud(
        ModuleCatalogue modules, StandaloneSettings settings, DashboardOptions places, TextWriter errors)
    {
        try
        {
            return CloudApplication.Build(modules.Events, settings, places);
        }
        catch (Exception error) when (settings.Client is not null && error is IOException or InvalidDataException or UnauthorizedAccessException)
        {
            errors.WriteLine($"--client: {error.Message}");
            return null;
        }
    }

    private static (NodeOptions Options, string Folder, DashboardOptions Places)? Configure(
        ModuleCatalogue modules, StandaloneSettings settings, TextWriter errors)
    {
        (string text, string folder, ConfigurationProblem? recording) = NodeFileText.Of(modules, settings);
        if (recording is not null)
        {
            errors.WriteLine(recording);
            return null;
        }

        ConfigurationResult<NodeOptions> bound = new NodeConfiguration(modules.Streams)
            .Parse(text, NodeConfiguration.ProcessEnvironment(), settings.Sets);
        ConfigurationResult<DashboardOptions> places = MapPlaces.Of(modules, settings);
        ConfigurationProblem[] problems =
        [
            .. bound.Problems, .. bound.Value is { } node ? NodeConfiguration.CheckFiles(node, folder) : [], .. places.Problems,
        ];
        foreach (ConfigurationProblem problem in problems)
        {
            errors.WriteLine(problem);
        }

        return problems.Length == 0 ? (bound.Value!, folder, places.Value!) : null;
    }

    private static async Task RunNodeAsync(
        ModuleCatalogue modules, WebApplication app, NodeOptions options, string folder, StandaloneSettings settings, TextWriter output, CancellationToken stop)
    {
        int mqttPort = app.Services.GetRequiredService<EmbeddedBroker>().EndPoint.Port;
        using ILoggerFactory logs = NodeLogging.Create();
        using var node = new EdgeNodeHost(NodeFileText.Embedded(options, settings, mqttPort), folder, modules.Streams, TimeProvider.System, logs);
        Task running = settings.UntilFinished ? node.RunUntilDeliveredAsync(stop) : node.RunAsync(stop);
        await node.Started.ConfigureAwait(false);
        Announce(app, mqttPort, settings, output);
        await running.ConfigureAwait(false);
    }

    private static void Announce(WebApplication app, int mqttPort, StandaloneSettings settings, TextWriter output)
    {
        string page = app.Urls.First().TrimEnd('/');
        output.WriteLine($"""
            Sensing is running on this machine.
              live page   {page}/
              query API   {page}/openapi/v1.json
              MQTT        mqtt://127.0.0.1:{mqttPort}
              data        {settings.DataDirectory}
            Ctrl-C stops it.
            """);
    }
}

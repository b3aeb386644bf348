using System.CommandLine;
using Sensing.Configuration;
using Sensing.Dashboards.Options;
using Sensing.Dashboards.Proxy;

namespace Sensing.Dashboards;

/// <summary><c>dashboards run</c>: serves the pages and forwards <c>/api</c> to the query API.</summary>
internal static class RunCommand
{
    /// <summary>Answers under way at a stop are given up after this, so that it ends by itself before Docker, which gives it 10 s, kills it.</summary>
    internal static readonly TimeSpan LongestStop = TimeSpan.FromSeconds(8);

    /// <summary>Configuration mistakes: sysexits EX_CONFIG.</summary>
    private const int BadConfiguration = 78;

    public static Command Create()
    {
        var api = new Option<string>("--api")
        {
            Description = "Address of the query API.",
            DefaultValueFactory = _ => "http://127.0.0.1:8080",
        };
        var listen = new Option<string>("--listen")
        {
            Description = "Address at which the pages are served; loopback by default.",
            DefaultValueFactory = _ => "http://127.0.0.1:8081",
        };
        var key = new Option<FileInfo?>("--api-key-file") { Description = "File that holds the API key; read again when it changes." };
        var config = new Option<FileInfo?>("--config") { Description = "File with the locations of nodes (dashboard.json)." };
        var client = new Option<DirectoryInfo?>("--client")
        {
            Description = "Folder of a client that dashboards/client/build.mjs has built, for instance with more pages; "
                + "absent: the client that the program brings.",
        };
        var hosts = new Option<string[]>("--host")
        {
            Description = "Name under which browsers reach the pages, in addition to localhost and the listening address. Can be repeated. "
                + "Other Host headers are refused, which stops foreign pages from reading by DNS rebinding.",
        };
        var anonymous = new Option<bool>("--allow-anonymous")
        {
            Description = "Serve everybody who can reach an address beyond loopback: the pages have no authentication. "
                + "Put an authenticating proxy in front, or keep to a network where all may read.",
        };
        var command = new Command("run", "Serve the pages and forward /api to the query API.") { api, listen, key, config, client, hosts, anonymous };
        command.SetAction((parsed, cancellation) => RunAsync(
            new Arguments(
                parsed.GetValue(api)!, parsed.GetValue(listen)!, parsed.GetValue(key), parsed.GetValue(config), parsed.GetValue(client),
                parsed.GetValue(hosts) ?? [], parsed.GetValue(anonymous)),
            cancellation));
        return command;
    }

    private static async Task<int> RunAsync(Arguments arguments, CancellationToken cancellation)
    {
        (RunSettings? settings, IReadOnlyList<ConfigurationProblem> problems) = Check(arguments);
        if (settings is null)
        {
            foreach (ConfigurationProblem problem in problems)
            {
                await Console.Error.WriteLineAsync($"dashboards: {problem}").ConfigureAwait(false);
            }

            return BadConfiguration;
        }

        WebApplication app;
        try
        {
            app = Build(settings);
        }
        catch (Exception error) when (settings.Client is not null && error is IOException or InvalidDataException or UnauthorizedAccessException)
        {
            await Console.Error.WriteLineAsync($"dashboards: --client: {error.Message}").ConfigureAwait(false);
            return BadConfiguration;
        }

        await using (app.ConfigureAwait(false))
        {
            await app.StartAsync(cancellation).ConfigureAwait(false);
            await Console.Out.WriteLineAsync($"The dashboard is at {app.Urls.First()}; it reads {settings.Api}.").ConfigureAwait(false);
            await app.WaitForShutdownAsync(cancellation).ConfigureAwait(false);
        }

        return 0;
    }

    private static (RunSettings? Settings, IReadOnlyList<ConfigurationProblem> Problems) Check(Arguments arguments)
    {
        var problems = new List<ConfigurationProblem>();
        Uri? api = Address("--api", arguments.Api, problems);
        Uri? listen = Address("--listen", arguments.Listen, problems);
        if (listen is { IsLoopback: false } && !arguments.AllowAnonymous)
        {
            problems.Add(new ConfigurationProblem("--listen", $"{listen} is reachable from other machines: say --allow-anonymous if all of them may read"));
        }

        if (arguments.KeyFile is { Exists: false } missing)
        {
            problems.Add(new ConfigurationProblem("--api-key-file", $"{missing.FullName} does not exist"));
        }

        DashboardOptions options = DashboardOptions.Default;
        if (arguments.ConfigFile is { } file)
        {
            ConfigurationResult<DashboardOptions> result = DashboardOptionsFile.Read(file);
            options = result.Value ?? options;
            problems.AddRange(result.Problems);
        }

        if (arguments.Client is { Exists: false } absent)
        {
            problems.Add(new ConfigurationProblem("--client", $"{absent.FullName} does not exist"));
        }

        return (problems.Count > 0 ? null : new RunSettings(api!, listen!, arguments.KeyFile?.FullName, options, arguments.Client, arguments.Hosts), problems);
    }

    private static Uri? Address(string option, string text, List<ConfigurationProblem> problems)
    {
        if (Uri.TryCreate(text, UriKind.Absolute, out Uri? address) && address.Scheme is ("http" or "https") && address.PathAndQuery == "/")
        {
            return address;
        }

        problems.Add(new ConfigurationProblem(option, $"'{text}' must be an address like http://127.0.0.1:8080"));
        return null;
    }

    private static WebApplication Build(RunSettings settings)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls(settings.Listen.GetLeftPart(UriPartial.Authority));
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.AddServerHeader = false);
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = LongestStop);
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.Services.AddApiForwarder(new ApiForwarderOptions { Api = settings.Api, ApiKeyFile = settings.KeyFile });
        builder.Services.AddHostFiltering(filter => filter.AllowedHosts =
            ["localhost", "127.0.0.1", "[::1]", settings.Listen.Host, .. settings.Hosts]);
        WebApplication app = builder.Build();
        app.UseHostFiltering();
        app.MapApiForwarder();
        app.MapDashboard(settings.Dashboard, settings.Client);
        return app;
    }

    private sealed record Arguments(
        string Api, string Listen, FileInfo? KeyFile, FileInfo? ConfigFile, DirectoryInfo? Client, string[] Hosts, bool AllowAnonymous);

    private sealed record RunSettings(Uri Api, Uri Listen, string? KeyFile, DashboardOptions Dashboard, DirectoryInfo? Client, string[] Hosts);
}

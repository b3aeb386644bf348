using System.CommandLine;
using Sensing.Configuration;
using Sensing.Dashboards.Options;
using Sensing.Dashboards.Proxy;

namespace Sensing.Dashboards;

/// <summary><c>dashboards run</c>: serves the pages and forwards <c>/api</c> to the query API.</summary>
internal static class RunCommand
{
    /// <summary>Configuration mistakes: sysexits EX_CONFIG.</summary>
    private const int BadConfiguration = 78;

    public static Command Create()
    {
        var api = new Option<Uri>("--api")
        {
            Description = "Address of the query API.",
            DefaultValueFactory = _ => new Uri("http://127.0.0.1:8080"),
        };
        var listen = new Option<Uri>("--listen")
        {
            Description = "Address to serve the pages at; loopback unless another is named.",
            DefaultValueFactory = _ => new Uri("http://127.0.0.1:8081"),
        };
        var key = new Option<FileInfo?>("--api-key-file") { Description = "File that holds the API key; read anew when it changes." };
        var config = new Option<FileInfo?>("--config") { Description = "File with the places of nodes (dashboard.json)." };
        var hosts = new Option<string[]>("--host")
        {
            Description = "Name under which browsers reach the pages, beside localhost and the address listened at; may be repeated. "
                + "Other Host headers are refused, which stops foreign pages from reading by DNS rebinding.",
        };
        var command = new Command("run", "Serve the pages and forward /api to the query API.") { api, listen, key, config, hosts };
        command.SetAction((parsed, cancellation) => RunAsync(
            new Arguments(parsed.GetValue(api)!, parsed.GetValue(listen)!, parsed.GetValue(key), parsed.GetValue(config), parsed.GetValue(hosts) ?? []),
            cancellation));
        return command;
    }

    private static async Task<int> RunAsync(Arguments arguments, CancellationToken cancellation)
    {
        (DashboardOptions options, IReadOnlyList<ConfigurationProblem> problems) = Check(arguments);
        if (problems.Count > 0)
        {
            foreach (ConfigurationProblem problem in problems)
            {
                await Console.Error.WriteLineAsync($"dashboards: {problem}").ConfigureAwait(false);
            }

            return BadConfiguration;
        }

        WebApplication app = Build(arguments, options);
        await using (app.ConfigureAwait(false))
        {
            await app.StartAsync(cancellation).ConfigureAwait(false);
            await Console.Out.WriteLineAsync($"The dashboard is at {app.Urls.First()}; it reads {arguments.Api}.").ConfigureAwait(false);
            await app.WaitForShutdownAsync(cancellation).ConfigureAwait(false);
        }

        return 0;
    }

    private static (DashboardOptions Options, IReadOnlyList<ConfigurationProblem> Problems) Check(Arguments arguments)
    {
        var problems = new List<ConfigurationProblem>();
        foreach ((string name, Uri address) in new[] { ("--api", arguments.Api), ("--listen", arguments.Listen) })
        {
            if (!address.IsAbsoluteUri || address.Scheme is not ("http" or "https") || address.PathAndQuery != "/")
            {
                problems.Add(new ConfigurationProblem(name, $"'{address}' must be an address like http://127.0.0.1:8080"));
            }
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

        return (options, problems);
    }

    private static WebApplication Build(Arguments arguments, DashboardOptions options)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls(arguments.Listen.GetLeftPart(UriPartial.Authority));
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.AddServerHeader = false);
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.Services.AddApiForwarder(new ApiForwarderOptions { Api = arguments.Api, ApiKeyFile = arguments.KeyFile?.FullName });
        builder.Services.AddHostFiltering(filter => filter.AllowedHosts =
            ["localhost", "127.0.0.1", "[::1]", arguments.Listen.Host, .. arguments.Hosts]);
        WebApplication app = builder.Build();
        app.UseHostFiltering();
        app.MapApiForwarder();
        app.MapDashboard(options);
        return app;
    }

    private sealed record Arguments(Uri Api, Uri Listen, FileInfo? KeyFile, FileInfo? ConfigFile, string[] Hosts);
}

using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Sensing.CloudIngest.Configuration;
using Sensing.CloudIngest.Store;
using Sensing.CloudIngest.Tests.Support;
using Sensing.Testing;
using YamlDotNet.Serialization;

namespace Sensing.CloudIngest.Tests.Compose;

/// <summary>What is shipped for docker compose, as far as it can be checked without Docker: images are not pulled here.</summary>
public partial class ComposeTests
{
    private static readonly string Folder = ShippedCompose.Folder;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_service_is_pinned_checks_its_health_and_mounts_what_is_there_and_only_the_pages_are_published_on_loopback()
    {
        using ShippedCompose shipped = await ShippedCompose.PrepareAsync(Cancel);
        var compose = (Dictionary<object, object>)new DeserializerBuilder().WithAttemptingUnquotedStringTypeDeserialization().Build()
            .Deserialize(new YamlDotNet.Core.MergingParser(new YamlDotNet.Core.Parser(new StreamReader(Path.Combine(Repository.Root, "docker-compose.yml")))))!;
        var services = (Dictionary<object, object>)compose["services"];
        var declared = (Dictionary<object, object>)compose["secrets"];
        foreach (Dictionary<object, object> secret in declared.Values.Cast<Dictionary<object, object>>())
        {
            string file = (string)secret["file"];
            Assert.StartsWith("./cloud-ingest/compose/secrets/", file, StringComparison.Ordinal);
            Assert.True(File.Exists(shipped[Path.GetFileName(file)]), file);
        }

        foreach ((object name, object content) in services)
        {
            var service = (Dictionary<object, object>)content;
            Assert.Matches("^[a-z0-9/.-]+:v?[0-9]+[0-9.]*(-[a-z0-9]+)?$", (string)service["image"]);
            Assert.Equal(["ALL"], Items(service, "cap_drop"));
            Assert.Equal(["no-new-privileges:true"], Items(service, "security_opt"));
            Assert.Equal(name is not "kafka", service["read_only"]);
            Assert.True(service.ContainsKey("mem_limit") && service.ContainsKey("pids_limit"), $"{name} has no limits");
            Assert.NotEmpty(Items(service, "networks"));
            Assert.All(Items(service, "networks"), network => Assert.Contains(network, ((Dictionary<object, object>)compose["networks"]).Keys));
            Assert.True(((Dictionary<object, object>)service["healthcheck"]).ContainsKey("test"), $"{name}");
            Assert.All(Items(service, "secrets"), secret => Assert.Contains(secret, declared.Keys));
            foreach (string mount in Items(service, "volumes"))
            {
                string source = mount.Split(':')[0];
                Assert.True(
                    source.StartsWith('.') ? Path.Exists(Path.Combine(Repository.Root, source)) : ((Dictionary<object, object>)compose["volumes"]).ContainsKey(source), mount);
            }

            // What its configuration reads as a secret it is given.
            string[] told = [.. Items(service, "volumes").Select(mount => Path.Combine(Repository.Root, mount.Split(':')[0])).SelectMany(
                path => Directory.Exists(path) ? Directory.GetFiles(path, "*", SearchOption.AllDirectories) : File.Exists(path) ? [path] : []).Select(File.ReadAllText),
                .. Items(service, "command").Concat(Items(service, "entrypoint")),
                .. Values(service, "environment"), .. Values((Dictionary<object, object>)service["healthcheck"], "test")];
            Assert.Empty(told.SelectMany(text => Secret().Matches(text)).Select(match => match.Groups[1].Value).Except(Items(service, "secrets")));

            Assert.Equal(name is "dashboards" ? ["127.0.0.1:8081:8081"] : [], Items(service, "ports"));
            if (service.TryGetValue("depends_on", out object? depends))
            {
                foreach ((object other, object how) in (Dictionary<object, object>)depends)
                {
                    Assert.Contains(other, services.Keys);
                    Assert.Equal("service_healthy", ((Dictionary<object, object>)how)["condition"]);
                }
            }
        }
    }

    [Fact]
    public async Task Docker_compose_of_Debian_12_accepts_the_file()
    {
        Assert.SkipUnless(Programs.Find("docker-compose") is not null, "docker-compose is not installed: apt-get install docker-compose.");
        (int code, string said) = await RunAsync(
            new ProcessStartInfo("docker-compose", ["config", "--quiet"]) { WorkingDirectory = Repository.Root });
        Assert.True(code == 0, said);
    }

    [Theory]
    [InlineData(200, 200, 0, false)]
    [InlineData(503, 200, 1, false)]
    [InlineData(503, 503, 1, true)]
    public async Task The_health_check_ends_what_only_a_restart_helps(int ready, int live, int exitCode, bool ends)
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        Task answering = AnswerAsync(listener, ready, live);
        var start = new ProcessStartInfo("bash", [Path.Combine(Folder, "healthcheck"), $"{((IPEndPoint)listener.LocalEndpoint).Port}", "/ready", "/live"]);

        // In the place of killing all that runs here.
        start.Environment["KILL"] = "echo killed";
        (int code, string said) = await RunAsync(start);
        Assert.Equal(exitCode, code);
        Assert.Equal(ends, said.Contains("killed", StringComparison.Ordinal));
        listener.Stop();
        await Assert.ThrowsAnyAsync<SocketException>(() => answering);
    }

    [Fact]
    public async Task The_role_of_cloud_ingest_owns_its_database_and_is_no_superuser()
    {
        Assert.SkipWhen(PostgresServer.Missing is not null, PostgresServer.Missing ?? "");
        Assert.SkipUnless(Programs.Find("psql") is not null, "psql is not installed: apt-get install postgresql-client.");
        using ShippedCompose shipped = await ShippedCompose.PrepareAsync(Cancel);
        await using PostgresServer server = await PostgresServer.StartAsync(Cancel);

        // The test's superuser has the name already.
        string roles = shipped.Text("postgres/roles.sql").Replace("ROLE sensing", "ROLE app", StringComparison.Ordinal)
            .Replace("DATABASE sensing OWNER sensing", "DATABASE app OWNER app", StringComparison.Ordinal);
        await File.WriteAllTextAsync(shipped["roles.sql"], roles, Cancel);
        (int code, string said) = await RunAsync(new ProcessStartInfo(
            "psql", ["-h", "127.0.0.1", "-p", $"{server.Port}", "-U", PostgresServer.User, "-d", "postgres", "-v", "ON_ERROR_STOP=1", "-q", "-f", shipped["roles.sql"]]));
        Assert.True(code == 0, said);
        Assert.Equal(false, await server.ExecuteAsync("postgres", "SELECT rolsuper OR rolcreaterole OR rolcreatedb FROM pg_roles WHERE rolname = 'app'", Cancel));

        // All that the store needs it may do.
        await server.LetInAsync("app", Cancel);
        var options = new StoreOptions { Postgres = PostgresDatabases.Options(server, "app") with { User = "app" } };
        await using IEventStore store = EventStores.Create(options, Sample.Catalogue, new LimitOptions(), TimeProvider.System);
        await store.OpenAsync(Cancel);
    }

    [Fact]
    public void Every_way_into_PostgreSQL_from_the_network_is_through_TLS_and_a_password()
    {
        string[] rules = [.. File.ReadLines(Path.Combine(Folder, "postgres", "pg_hba.conf")).Where(line => line.Length > 0 && line[0] != '#')];
        Assert.NotEmpty(rules);
        Assert.All(rules, rule => Assert.Matches("^(local .*peer|hostssl .*scram-sha-256)$", rule));
    }

    private static async Task<(int Code, string Said)> RunAsync(ProcessStartInfo start)
    {
        start.RedirectStandardOutput = true;
        start.RedirectStandardError = true;
        using Process process = Process.Start(start)!;
        Task<string> errors = process.StandardError.ReadToEndAsync(Cancel);
        string said = await process.StandardOutput.ReadToEndAsync(Cancel);
        await process.WaitForExitAsync(Cancel);
        return (process.ExitCode, said + await errors);
    }

    /// <summary>Answers every request with the status of its path, until the listener is stopped.</summary>
    private static async Task AnswerAsync(TcpListener listener, int ready, int live)
    {
        while (true)
        {
            using TcpClient client = await listener.AcceptTcpClientAsync(Cancel);
            using var reader = new StreamReader(client.GetStream());
            string request = await reader.ReadLineAsync(Cancel) ?? "";
            int status = request.Contains("/live", StringComparison.Ordinal) ? live : ready;
            await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes($"HTTP/1.0 {status} x\r\n\r\n"), Cancel);
        }
    }

    [Fact]
    public async Task The_shipped_configuration_of_cloud_ingest_is_valid()
    {
        await using ProgramProcess program = ProgramProcess.Start("cloud-ingest", ["validate", Path.Combine(Folder, "cloud.json")]);
        Assert.Equal(0, await program.ExitAsync(Cancel));
    }

    [Fact]
    public async Task Boards_and_alerts_ask_for_metrics_that_there_are()
    {
        HashSet<string> known = MetricNames.Documented();
        foreach (string file in Directory.GetFiles(Path.Combine(Folder, "grafana", "dashboards"), "*.json").Append(Path.Combine(Folder, "prometheus", "alerts.yml")))
        {
            string text = await File.ReadAllTextAsync(file, Cancel);
            if (file.EndsWith(".json", StringComparison.Ordinal))
            {
                JsonDocument.Parse(text).Dispose();
            }
            else
            {
                Assert.NotNull(new DeserializerBuilder().Build().Deserialize(text));
            }

            IReadOnlyCollection<string> asked = MetricNames.In(text);
            Assert.NotEmpty(asked);
            Assert.Empty(asked.Except(known));
        }
    }

    private static IEnumerable<string> Items(Dictionary<object, object> service, string key) =>
        service.TryGetValue(key, out object? items) ? ((List<object>)items).Cast<string>() : [];

    private static IEnumerable<string> Values(Dictionary<object, object> service, string key) => service.GetValueOrDefault(key) switch
    {
        Dictionary<object, object> map => map.Values.Select(value => $"{value}"),
        List<object> list => list.Select(value => $"{value}"),
        _ => [],
    };

    [GeneratedRegex("/run/secrets/([a-z0-9.-]+)")]
    private static partial Regex Secret();
}

using System.Text.Json;
using System.Text.RegularExpressions;
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

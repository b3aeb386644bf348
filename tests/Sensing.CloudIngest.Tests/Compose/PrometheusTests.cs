using System.Diagnostics;
using Sensing.Testing;

namespace Sensing.CloudIngest.Tests.Compose;

/// <summary>Prometheus' own program reads what is shipped for it.</summary>
public class PrometheusTests
{
    private static readonly string Shipped = Path.Combine(ShippedCompose.Folder, "prometheus");

    /// <summary>On the path, or where <c>./test</c> puts it.</summary>
    private static readonly string? Program =
        Programs.Find("promtool") ?? new[] { Path.Combine(Repository.Root, "artifacts", "prometheus", "usr", "bin", "promtool") }.FirstOrDefault(File.Exists);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_configuration_is_valid_with_its_rules_and_its_list_of_nodes()
    {
        using TemporaryFolder folder = await CopyAsync();
        (int code, string said) = await RunAsync("check", "config", folder["prometheus.yml"]);
        Assert.True(code == 0, said);
        Assert.Contains("rules found", said, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("prometheus.yml", "scrape_interval", "scrape_intervall")]
    [InlineData("alerts.yml", "expr: up{", "expr: up{{")]
    [InlineData("nodes/nodes.json", "[", "{")]
    public async Task A_mistake_in_any_of_its_files_is_found(string file, string right, string wrong)
    {
        using TemporaryFolder folder = await CopyAsync();
        string text = await File.ReadAllTextAsync(folder[file], Cancel);
        Assert.Contains(right, text, StringComparison.Ordinal);
        await File.WriteAllTextAsync(folder[file], text.Replace(right, wrong, StringComparison.Ordinal), Cancel);
        Assert.NotEqual(0, (await RunAsync("check", "config", folder["prometheus.yml"])).Code);
    }

    [Fact]
    public async Task Alerts_fire_when_they_should_and_only_then()
    {
        using TemporaryFolder folder = await CopyAsync();
        (int code, string said) = await RunAsync("check", "rules", folder["alerts.yml"]);
        Assert.True(code == 0, said);
        File.Copy(Path.Combine(Repository.Root, "tests", "Sensing.CloudIngest.Tests", "Compose", "alerts.test.yml"), folder["alerts.test.yml"]);
        (code, said) = await RunAsync("test", "rules", folder["alerts.test.yml"]);
        Assert.True(code == 0, said);
    }

    /// <summary>The shipped files, with the paths of a container's replaced; the test is skipped, with a message, without promtool.</summary>
    private static async Task<TemporaryFolder> CopyAsync()
    {
        Assert.SkipWhen(Program is null, "promtool is neither on the path nor fetched by ./test (apt-get download prometheus).");
        var folder = new TemporaryFolder();
        foreach (string file in Directory.GetFiles(Shipped, "*", SearchOption.AllDirectories))
        {
            string copy = folder[Path.GetRelativePath(Shipped, file)];
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            string text = await File.ReadAllTextAsync(file, Cancel);
            await File.WriteAllTextAsync(
                copy,
                text.Replace("/run/secrets/", $"{folder.Path}/", StringComparison.Ordinal).Replace("/etc/prometheus/", $"{folder.Path}/", StringComparison.Ordinal),
                Cancel);
        }

        await File.WriteAllTextAsync(folder["api-keys"], "a key of this test", Cancel);
        return folder;
    }

    private static async Task<(int Code, string Said)> RunAsync(params string[] arguments)
    {
        using Process process = Process.Start(new ProcessStartInfo(Program!, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        Task<string> errors = process.StandardError.ReadToEndAsync(Cancel);
        string said = await process.StandardOutput.ReadToEndAsync(Cancel) + await errors;
        await process.WaitForExitAsync(Cancel);
        return (process.ExitCode, said);
    }
}

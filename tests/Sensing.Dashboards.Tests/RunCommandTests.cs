using System.Diagnostics;
using System.Net;

namespace Sensing.Dashboards.Tests;

/// <summary><c>dashboards run</c> as a process of its own.</summary>
public sealed class RunCommandTests
{
    [Fact]
    public async Task It_serves_the_pages_on_loopback_and_refuses_foreign_host_names()
    {
        using Process process = Start("run", "--listen", "http://127.0.0.1:0", "--api", "http://127.0.0.1:9");
        try
        {
            string line = (await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken))!;
            Assert.Matches(@"^The dashboard is at http://127\.0\.0\.1:\d+; it reads http://127\.0\.0\.1:9/\.$", line);
            var address = new Uri(line.Split(' ')[4].TrimEnd(';'));
            using var client = new HttpClient(new SocketsHttpHandler { UseProxy = false });

            using HttpResponseMessage page = await client.GetAsync(address, TestContext.Current.CancellationToken);
            Assert.Contains("<h1>Overview</h1>", await page.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);

            using HttpResponseMessage api = await client.GetAsync(new Uri(address, "/api/v1/nodes"), TestContext.Current.CancellationToken);
            Assert.Equal(HttpStatusCode.BadGateway, api.StatusCode);

            using var foreign = new HttpRequestMessage(HttpMethod.Get, address);
            foreign.Headers.Host = "rebound.example";
            using HttpResponseMessage refused = await client.SendAsync(foreign, TestContext.Current.CancellationToken);
            Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        }
        finally
        {
            process.Kill();
        }
    }

    [Theory]
    [InlineData("--listen: 'ftp://x' must be an address", "--listen", "ftp://x")]
    [InlineData("--api: 'http://127.0.0.1:1/base' must be an address", "--api", "http://127.0.0.1:1/base")]
    [InlineData("--listen: http://0.0.0.0:1/ is reachable from other machines", "--listen", "http://0.0.0.0:1")]
    [InlineData("none.key does not exist", "--api-key-file", "none.key")]
    [InlineData("none.json", "--config", "none.json")]
    [InlineData("nowhere does not exist", "--client", "nowhere")]
    [InlineData("holds no built client (pages.json is missing)", "--client", ".")]
    public async Task A_mistake_is_named_and_nothing_starts(string message, params string[] arguments)
    {
        using Process process = Start(["run", .. arguments]);
        string errors = await process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.Equal(78, process.ExitCode);
        Assert.Contains(message, errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Help_names_every_option()
    {
        using Process process = Start("run", "--help");
        string help = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.Equal(0, process.ExitCode);
        Assert.All(["--api", "--listen", "--api-key-file", "--config", "--client", "--host", "--allow-anonymous"], o => Assert.Contains(o, help, StringComparison.Ordinal));
    }

    private static Process Start(params string[] arguments) => Process.Start(
        new ProcessStartInfo("dotnet", [typeof(RunCommandTests).Assembly.Location.Replace("Sensing.Dashboards.Tests.dll", "dashboards.dll", StringComparison.Ordinal), .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
}

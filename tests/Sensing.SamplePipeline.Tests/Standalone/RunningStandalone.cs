using System.Text.Json;
using System.Text.RegularExpressions;
using Sensing.Das;
using Sensing.Modules;
using Sensing.Standalone.Commands;
using Sensing.Testing;

namespace Sensing.SamplePipeline.Tests.Standalone;

/// <summary>The product's standalone with one module more, in this process.</summary>
internal sealed partial class RunningStandalone : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly Task<int> _run;
    private readonly HttpClient _http;

    private RunningStandalone(Uri page, Task<int> run, CancellationTokenSource stop)
    {
        (Page, _run, _stop) = (page, run, stop);
        _http = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = page };
    }

    public Uri Page { get; }

    /// <summary>Runs it until every event of the recording is in the store.</summary>
    public static async Task<(int Code, string Errors)> RunToTheEndAsync(string data, string[] args, CancellationToken cancellation)
    {
        using var output = new StringWriter();
        using var errors = new StringWriter();
        int code = await StandaloneProgram.RunAsync(Modules(), [.. Common(data), "--until-finished", .. args], output, errors, cancellation);
        return (code, errors.ToString());
    }

    /// <summary>Starts it and waits until it says where its pages are.</summary>
    public static async Task<RunningStandalone> StartAsync(string data, string[] args, CancellationToken cancellation)
    {
        var stop = new CancellationTokenSource();
        var output = new Announcement();
        var errors = new StringWriter();
        Task<int> run = StandaloneProgram.RunAsync(Modules(), [.. Common(data), .. args], output, errors, stop.Token);
        Task first = await Task.WhenAny(output.Page, run).WaitAsync(cancellation);
        return first == run
            ? throw new InvalidOperationException($"The standalone ended with {await run}: {errors}")
            : new RunningStandalone(await output.Page, run, stop);
    }

    public async Task<JsonElement> ReadAsync(string path, CancellationToken cancellation)
    {
        using JsonDocument json = JsonDocument.Parse(await _http.GetStringAsync(new Uri(path, UriKind.Relative), cancellation));
        return json.RootElement.Clone();
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        Assert.Equal(0, await _run);
        _http.Dispose();
        _stop.Dispose();
    }

    private static ModuleCatalogue Modules() => new(new DasModule(), new WeatherModule());

    private static string[] Common(string data) =>
        ["--data", data, "--listen", "http://127.0.0.1:0", "--mqtt-port", $"{LoopbackPort.Free()}"];

    /// <summary>What is printed, up to the address of the pages.</summary>
    private sealed partial class Announcement : StringWriter
    {
        private readonly TaskCompletionSource<Uri> _page = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task<Uri> Page => _page.Task;

        public override void WriteLine(string? value)
        {
            if (Address().Match(value ?? "") is { Success: true } match)
            {
                _page.TrySetResult(new Uri(match.Groups[1].Value));
            }
        }

        [GeneratedRegex(@"live page\s+(http://127\.0\.0\.1:\d+/)")]
        private static partial Regex Address();
    }
}

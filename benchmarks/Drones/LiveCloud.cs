using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Sensing.CloudInference;

namespace Sensing.Benchmarks.Drones;

/// <summary>The inference endpoint as a process of its own, for a core of its own.</summary>
internal sealed class LiveCloud : IDisposable
{
    private readonly Process _process;

    private LiveCloud(Process process, string url) => (_process, Url) = (process, url);

    public string Url { get; }

    public int Id => _process.Id;

    /// <summary>Starts it, and waits until it serves.</summary>
    /// <param name="models">Folder of models.</param>
    /// <param name="detector">Detector.</param>
    /// <param name="cancellation">Ends it.</param>
    public static async Task<LiveCloud> StartAsync(string models, string detector, CancellationToken cancellation)
    {
        string url = $"http://127.0.0.1:{FreePort()}";
        var start = new ProcessStartInfo("dotnet")
        {
            ArgumentList = { typeof(InferenceCommand).Assembly.Location, "--models", models, "--url", url, "--detector", detector },
            RedirectStandardError = true,
        };
        Process process = Process.Start(start) ?? throw new MeasureException("cloud-inference cannot be started.");
        var cloud = new LiveCloud(process, url);
        try
        {
            using var client = new HttpClient();
            for (int attempt = 0; attempt < 600; attempt++)
            {
                if (process.HasExited)
                {
                    throw new MeasureException($"cloud-inference ended: {await process.StandardError.ReadToEndAsync(cancellation)}");
                }

                try
                {
                    (await client.GetAsync(new Uri($"{url}/v2/health/ready"), cancellation)).EnsureSuccessStatusCode();
                    return cloud;
                }
                catch (HttpRequestException)
                {
                    await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System, cancellation);
                }
            }

            throw new MeasureException("cloud-inference does not serve within a minute.");
        }
        catch
        {
            cloud.Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
            _process.WaitForExit();
        }

        _process.Dispose();
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}

using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Sensing.CloudIngest.Configuration;

namespace Sensing.CloudIngest.Models;

/// <summary>Keeps the retained manifests as the registry is: after a change, at the start, and at intervals.</summary>
internal sealed partial class ManifestAnnouncer(
    ModelRegistry registry, IManifestSink sink, ModelOptions options, TimeProvider time, ILogger<ManifestAnnouncer> logger) : BackgroundService
{
    /// <summary>Interval of reading the registry again, since another process may have changed it.</summary>
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(5);

    private readonly Dictionary<string, byte[]> _said = new(StringComparer.Ordinal);
    private long? _repeatedAt;
    private string? _problem;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            Task changed = registry.Changed;
            await SayAsync(stoppingToken).ConfigureAwait(false);
            using var over = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
            await Task.WhenAny(changed, Task.Delay(LookEvery, time, over.Token)).ConfigureAwait(false);
            await over.CancelAsync().ConfigureAwait(false);
        }
    }

    private async Task SayAsync(CancellationToken cancellation)
    {
        try
        {
            bool repeats = _repeatedAt is not { } at || time.GetElapsedTime(at) >= TimeSpan.FromSeconds(options.RepeatSeconds);
            Dictionary<string, byte[]> due = registry.List().Select(model => model.Name).Distinct()
                .Select(name => (Topic: ModelTopics.Of(name), Payload: ModelTopics.Payload(registry.Manifest(name))))
                .Where(item => repeats || !_said.TryGetValue(item.Topic, out byte[]? before) || !before.AsSpan().SequenceEqual(item.Payload))
                .ToDictionary(item => item.Topic, item => item.Payload);
            if (due.Count > 0)
            {
                await sink.RetainAsync(due, cancellation).ConfigureAwait(false);
                foreach ((string topic, byte[] payload) in due)
                {
                    _said[topic] = payload;
                }
            }

            if (repeats)
            {
                _repeatedAt = time.GetTimestamp();
            }

            _problem = null;
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            // The tier stops.
        }
#pragma warning disable CA1031 // Whatever the broker or the folder has, the next look tries again; the reason is logged once.
        catch (Exception error)
#pragma warning restore CA1031
        {
            if (_problem != error.Message)
            {
                _problem = error.Message;
                NotSaid(error.Message);
            }
        }
    }

    [LoggerMessage(4601, LogLevel.Warning, "The manifests of models were not published ({Reason}); trying again.")]
    private partial void NotSaid(string reason);
}

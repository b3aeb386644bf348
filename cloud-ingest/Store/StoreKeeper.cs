using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Sensing.CloudIngest.Configuration;
using Sensing.CloudIngest.Telemetry;

namespace Sensing.CloudIngest.Store;

/// <summary>Opens the store before anything writes to it, and sweeps it from time to time.</summary>
public sealed partial class StoreKeeper(IEventStore store, StoreOptions options, TimeProvider time, CloudMetrics metrics, ILogger<StoreKeeper> logger,
    DeadLetterLoss? loss = null) : BackgroundService
{
    private bool _full;

    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        OpenedStore opened = await store.OpenAsync(cancellationToken).ConfigureAwait(false);
        Opened(options.Place, opened.Layout);
        if (opened.Advice is { } advice)
        {
            Advised(advice);
        }

        await base.StartAsync(cancellationToken).ConfigureAwait(false);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(options.SweepSeconds), time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken).ConfigureAwait(false))
            {
                await SweepAsync(stoppingToken).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The process stops.
        }
    }

    private async Task SweepAsync(CancellationToken cancellation)
    {
        try
        {
            SweepResult result = await store.SweepAsync(cancellation).ConfigureAwait(false);
            metrics.Removed(result.Expired + result.Evicted);
            loss?.Report(result.DeadLetters);
            if (result.Evicted > 0 && !_full)
            {
                Full(result.Evicted, options.MaxBytes);
            }

            _full = result.Evicted > 0;
        }
#pragma warning disable CA1031 // A sweep that fails is tried again at the next tick; events are taken meanwhile.
        catch (Exception error) when (!cancellation.IsCancellationRequested)
#pragma warning restore CA1031
        {
            Failed(error);
        }
    }

    [LoggerMessage(4401, LogLevel.Information, "Store {Place} is open: {Layout}.")]
    private partial void Opened(string place, string layout);

    [LoggerMessage(4402, LogLevel.Warning, "The store is full: {Count} events were removed before their time to stay below {MaxBytes} bytes. Raise store.maxBytes or shorten store.retention.")]
    private partial void Full(long count, long maxBytes);

    [LoggerMessage(4404, LogLevel.Warning, "{Advice}")]
    private partial void Advised(string advice);

    [LoggerMessage(4403, LogLevel.Error, "Old events could not be removed from the store; trying again at the next sweep.")]
    private partial void Failed(Exception error);
}

using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using Sensing.EdgeNode.Configuration;
using Sensing.Models;

namespace Sensing.EdgeNode.Models;

/// <summary>Keeps the fetched models as the cloud tier's manifests say: withdraws, fetches, and remembers what became of each.</summary>
/// <remarks>Whatever a manifest, a file or the server is like, models that are here stay here, and pipelines run on.</remarks>
internal sealed class ModelUpdates : IDisposable
{
    private const int MostArrivals = 32;

    private readonly ModelFetchOptions _options;
    private readonly ModelFetcher _fetcher;
    private readonly ILogger _logger;
    private readonly Dictionary<string, Channel<byte[]>> _offered;
    private readonly Lock _gate = new();
    private List<ModelArrival> _arrivals = [];

    /// <param name="options">What to fetch from where.</param>
    /// <param name="baseDirectory">Folder that relative file names start from.</param>
    /// <param name="models">Where fetched models lie.</param>
    /// <param name="time">Clock of waits.</param>
    /// <param name="seed">Of the jitter.</param>
    /// <param name="logger">Log.</param>
    public ModelUpdates(ModelFetchOptions options, string baseDirectory, FetchedModels models, TimeProvider time, int seed, ILogger logger)
    {
        (_options, Models, _logger) = (options, models, logger);
        _fetcher = new ModelFetcher(options, baseDirectory, time, seed);
        _fetcher.Retrying += reason => ModelLog.Retrying(_logger, options.Server, reason);
        _offered = options.Names.Distinct().ToDictionary(
            name => name,
            _ => Channel.CreateBounded<byte[]>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true }));
    }

    public FetchedModels Models { get; }

    /// <summary>Names that are subscribed to.</summary>
    public IReadOnlyCollection<string> Names => _offered.Keys;

    /// <summary>What became of models that were announced, the oldest first.</summary>
    public IReadOnlyList<ModelArrival> Arrivals
    {
        get
        {
            lock (_gate)
            {
                return _arrivals;
            }
        }
    }

    /// <summary>Raised after <see cref="Arrivals"/> or the withdrawn models have changed.</summary>
    public event Action? Changed;

    /// <summary>A manifest has come. Never waits.</summary>
    public void Offer(string name, byte[] manifest)
    {
        if (_offered.TryGetValue(name, out Channel<byte[]>? channel))
        {
            channel.Writer.TryWrite(manifest);
        }
    }

    /// <summary>Follows the manifests until it is stopped.</summary>
    public Task RunAsync(CancellationToken stop) => Task.WhenAll(_offered.Select(item => FollowAsync(item.Key, item.Value.Reader, stop)));

    public void Dispose() => _fetcher.Dispose();

    /// <summary>One name: a newer manifest ends the work on the one before; the same again changes nothing, unless that failed.</summary>
    private async Task FollowAsync(string name, ChannelReader<byte[]> manifests, CancellationToken stop)
    {
        byte[] current = [];
        Task<bool> work = Task.FromResult(false);
        CancellationTokenSource? running = null;
        try
        {
            while (await manifests.WaitToReadAsync(stop))
            {
                byte[] next = await manifests.ReadAsync(stop);
                bool isSettled = !work.IsCompleted || (work.IsCompletedSuccessfully && await work);
                if (isSettled && next.AsSpan().SequenceEqual(current))
                {
                    continue;
                }

                await EndAsync();
                (current, running) = (next, CancellationTokenSource.CreateLinkedTokenSource(stop));
                work = ApplyAsync(name, next, running.Token);
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // The node stops; what was being fetched is continued after its next start.
        }
        finally
        {
            await EndAsync();
        }

        async Task EndAsync()
        {
            if (running is not null)
            {
                await running.CancelAsync();
                await ((Task)work).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                running.Dispose();
                running = null;
            }
        }
    }

    /// <returns>False: the same manifest is worth another try.</returns>
    private async Task<bool> ApplyAsync(string name, byte[] payload, CancellationToken cancellation)
    {
        ModelManifestEntry? model = null;
        try
        {
            ModelManifest manifest = ManifestCheck.Read(name, payload, _options.MaxBytes);
            Models.Withdraw(manifest.Withdrawn ?? []);
            Changed?.Invoke();
            foreach (ModelManifestEntry entry in manifest.Models)
            {
                model = entry;
                await TakeAsync(entry, cancellation);
            }

            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
        catch (ModelRefusedException refused)
        {
            Report(new ModelArrival(name, model?.Version ?? "", model?.Digest ?? "", false, refused.Message));
            return refused.IsFinal;
        }
#pragma warning disable CA1031 // A full disk or whatever else costs this model, and neither the others nor the node.
        catch (Exception error)
#pragma warning restore CA1031
        {
            Report(new ModelArrival(name, model?.Version ?? "", model?.Digest ?? "", false, error.Message));
            return false;
        }
    }

    private async Task TakeAsync(ModelManifestEntry model, CancellationToken cancellation)
    {
        switch (Models.DigestOf(model.Name, model.Version))
        {
            case { } here when here == model.Digest:
                return;
            case not null:
                throw new ModelRefusedException($"another file of version {model.Version} has been fetched before: versions do not change", isFinal: true);
        }

        string part = Models.PartOf(model.Name, model.Version, model.Digest!);
        ModelLog.Fetching(_logger, model.Name, model.Version, model.Length!.Value, _options.Server);
        await _fetcher.FetchAsync(model, part, cancellation);
        Models.Add(model, part);
        Report(new ModelArrival(model.Name, model.Version, model.Digest!, true, $"fetched from {_options.Server}, {model.Length} bytes"));
    }

    private void Report(ModelArrival arrival)
    {
        if (arrival.IsFetched)
        {
            ModelLog.Fetched(_logger, arrival.Name, arrival.Version);
        }
        else
        {
            ModelLog.Refused(_logger, arrival.Name, arrival.Version, arrival.Reason);
        }

        lock (_gate)
        {
            _arrivals = [.. _arrivals.Append(arrival).TakeLast(MostArrivals)];
        }

        Changed?.Invoke();
    }
}

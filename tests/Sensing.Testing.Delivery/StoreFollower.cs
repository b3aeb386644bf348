using System.Net.ServerSentEvents;
using Sensing.CloudIngest.Store;

namespace Sensing.Testing.Delivery;

/// <summary>Counts what is stored, from the live stream of the query API, through restarts of the process that serves it.</summary>
public sealed class StoreFollower : IAsyncDisposable
{
    private static readonly TimeSpan Retry = TimeSpan.FromMilliseconds(100);

    private readonly Func<Task<Uri>> _api;
    private readonly string _sources;
    private readonly CommitSignal _news = new();
    private readonly CancellationTokenSource _end = new();
    private readonly HttpClient _http = new() { Timeout = Timeout.InfiniteTimeSpan };
    private readonly Task _following;
    private long _count;

    /// <param name="api">Completes with the address of the API once it is there; asked again after each loss.</param>
    /// <param name="sources">The streams to count: a node speaks of itself beside them.</param>
    public StoreFollower(Func<Task<Uri>> api, IEnumerable<string> sources)
    {
        _api = api;
        _sources = string.Concat(sources.Select(source => $"&source={Uri.EscapeDataString(source)}"));
        _following = FollowAsync();
    }

    /// <summary>Rows of the store that have been seen.</summary>
    public long Count => Interlocked.Read(ref _count);

    /// <summary>Completes once <paramref name="count"/> rows are stored.</summary>
    /// <param name="count">Rows since the store began.</param>
    /// <param name="stall">Longest time without a new row.</param>
    /// <param name="cancellation">Stops waiting.</param>
    /// <returns>False where nothing new came for <paramref name="stall"/>.</returns>
    public async Task<bool> WaitAsync(long count, TimeSpan stall, CancellationToken cancellation)
    {
        while (true)
        {
            long seen = _news.Version;
            if (Count >= count)
            {
                return true;
            }

            try
            {
                await _news.WaitAsync(seen, cancellation).WaitAsync(stall, TimeProvider.System, cancellation);
            }
            catch (TimeoutException)
            {
                return false;
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await _following;
        _http.Dispose();
        _end.Dispose();
    }

    private async Task FollowAsync()
    {
        string position = "0";
        while (!_end.IsCancellationRequested)
        {
            try
            {
                Uri api = await _api().WaitAsync(_end.Token);
                using HttpResponseMessage response = await _http.GetAsync(
                    new Uri(api, $"/api/v1/live?after={position}{_sources}"), HttpCompletionOption.ResponseHeadersRead, _end.Token);
                response.EnsureSuccessStatusCode();
                await using Stream body = await response.Content.ReadAsStreamAsync(_end.Token);
                await foreach (SseItem<string> item in SseParser.Create(body).EnumerateAsync(_end.Token))
                {
                    if (item.EventType == "sensing")
                    {
                        position = item.EventId ?? position;
                        Interlocked.Increment(ref _count);
                        _news.Raise();
                    }
                }
            }
            catch (Exception error) when (error is OperationCanceledException or HttpRequestException or IOException)
            {
                // The process has gone: the next one is asked from the same place on.
            }

            await Task.Delay(Retry, TimeProvider.System, _end.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}

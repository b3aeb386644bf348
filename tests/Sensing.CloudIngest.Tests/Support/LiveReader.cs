using System.Net.ServerSentEvents;

namespace Sensing.CloudIngest.Tests.Support;

/// <summary>A reader of <c>/api/v1/live</c>, as a browser's EventSource is one.</summary>
public sealed class LiveReader : IAsyncDisposable
{
    private readonly HttpResponseMessage _response;
    private readonly IAsyncEnumerator<SseItem<string>> _items;
    private readonly SseParser<string> _parser;

    private LiveReader(HttpResponseMessage response, SseParser<string> parser, CancellationToken cancellation)
    {
        _response = response;
        _parser = parser;
        _items = parser.EnumerateAsync(cancellation).GetAsyncEnumerator(cancellation);
    }

    public HttpResponseMessage Response => _response;

    /// <summary>Id of the last event, which a reader gives back when it reconnects.</summary>
    public string LastEventId => _parser.LastEventId;

    public static async Task<LiveReader> OpenAsync(HttpClient http, string query, string? lastEventId, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/api/v1/live{query}");
        if (lastEventId is not null)
        {
            request.Headers.Add("Last-Event-ID", lastEventId);
        }

        HttpResponseMessage response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellation);
        response.EnsureSuccessStatusCode();
        return new LiveReader(response, SseParser.Create(await response.Content.ReadAsStreamAsync(cancellation)), cancellation);
    }

    /// <summary>The next event.</summary>
    public async Task<SseItem<string>> NextAsync() =>
        await _items.MoveNextAsync() ? _items.Current : throw new IOException("The live stream has ended.");

    /// <summary>Whether the server has ended the stream; waits until it says either.</summary>
    public async Task<bool> HasEndedAsync()
    {
        try
        {
            return !await _items.MoveNextAsync();
        }
        catch (Exception error) when (error is IOException or HttpRequestException)
        {
            return true;
        }
    }

    public async ValueTask DisposeAsync()
    {
        _response.Dispose();
        try
        {
            await _items.DisposeAsync();
        }
        catch (Exception error) when (error is IOException or ObjectDisposedException)
        {
            // The response went first.
        }
    }
}

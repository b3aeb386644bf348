using System.Runtime.CompilerServices;
using System.Text.Json;
using Sensing.Events;
using Sensing.Events.Node;

namespace Sensing.EndToEnd;

/// <summary>The query API as any other program would use it.</summary>
internal sealed class QueryClient(Uri address) : IDisposable
{
    private readonly HttpClient _http = new() { BaseAddress = address, Timeout = Timeout.InfiniteTimeSpan };

    /// <summary>Every stored event of a type, page after page, oldest first.</summary>
    public async Task<List<SensorEvent>> EventsAsync(string type, CancellationToken cancellation)
    {
        var events = new List<SensorEvent>();
        string? cursor = null;
        do
        {
            string page = cursor is null ? "" : $"&cursor={Uri.EscapeDataString(cursor)}";
            using JsonDocument json = await ReadAsync($"/api/v1/events?type={type}&order=asc&limit=500{page}", cancellation);
            events.AddRange(json.RootElement.GetProperty("items").EnumerateArray().Select(Event));
            cursor = json.RootElement.TryGetProperty("next", out JsonElement next) ? next.GetString() : null;
        }
        while (cursor is not null);
        return events;
    }

    /// <summary>Events as they are stored, from now on.</summary>
    public async IAsyncEnumerable<SensorEvent> LiveAsync(string type, [EnumeratorCancellation] CancellationToken cancellation)
    {
        using HttpResponseMessage response = await _http.GetAsync(
            new Uri($"/api/v1/live?type={type}", UriKind.Relative), HttpCompletionOption.ResponseHeadersRead, cancellation);
        response.EnsureSuccessStatusCode();
        await using Stream body = await response.Content.ReadAsStreamAsync(cancellation);
        using var reader = new StreamReader(body);
        while (await reader.ReadLineAsync(cancellation) is { } line)
        {
            if (line.StartsWith("data:", StringComparison.Ordinal) && line.Contains("specversion", StringComparison.Ordinal))
            {
                using JsonDocument json = JsonDocument.Parse(line[5..]);
                yield return Event(json.RootElement);
            }
        }
    }

    /// <summary>The nodes' last status.</summary>
    public async Task<List<NodeStatus>> NodesAsync(CancellationToken cancellation)
    {
        using JsonDocument json = await ReadAsync("/api/v1/nodes", cancellation);
        return [.. json.RootElement.EnumerateArray().Select(node => node.GetProperty("status").Deserialize(NodeEventJson.Default.NodeStatus)!)];
    }

    public async Task<string> TextAsync(string path, CancellationToken cancellation) =>
        await _http.GetStringAsync(new Uri(path, UriKind.Relative), cancellation);

    public void Dispose() => _http.Dispose();

    private async Task<JsonDocument> ReadAsync(string path, CancellationToken cancellation) =>
        JsonDocument.Parse(await _http.GetByteArrayAsync(new Uri(path, UriKind.Relative), cancellation));

    private static SensorEvent Event(JsonElement json) =>
        CloudEventJson.TryRead(JsonSerializer.SerializeToUtf8Bytes(json), out SensorEvent? read, out string? problem)
            ? read
            : throw new InvalidDataException(problem);
}

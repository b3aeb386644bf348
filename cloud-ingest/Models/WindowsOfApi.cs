using System.Text;
using System.Text.Json;
using Sensing.Events;

namespace Sensing.CloudIngest.Models;

/// <summary>Events of a type, read from the query API of a tier that runs.</summary>
internal sealed class WindowsOfApi : IDisposable
{
    private readonly HttpClient _http;

    public WindowsOfApi(Uri server, string? key)
    {
        _http = new HttpClient { BaseAddress = server, Timeout = TimeSpan.FromSeconds(60) };
        if (key is not null)
        {
            _http.DefaultRequestHeaders.Authorization = new("Bearer", key);
        }
    }

    /// <summary>All of them, the newest first.</summary>
    /// <exception cref="HttpRequestException">The API does not answer, or refuses.</exception>
    public IEnumerable<SensorEvent> Read(EventTypeName type, CancellationToken cancellation)
    {
        string? next = null;
        do
        {
            string query = $"/api/v1/events?type={type}&order=desc&limit=500{(next is null ? "" : $"&cursor={next}")}";
            using var request = new HttpRequestMessage(HttpMethod.Get, query);
            using HttpResponseMessage answer = _http.Send(request, cancellation);
            if (!answer.IsSuccessStatusCode)
            {
                throw new HttpRequestException($"{_http.BaseAddress}api/v1/events answers {(int)answer.StatusCode}.");
            }

            using JsonDocument page = JsonDocument.Parse(answer.Content.ReadAsStream(cancellation));
            foreach (JsonElement item in page.RootElement.GetProperty("items").EnumerateArray())
            {
                if (StreamAddress.TryParse(item.GetProperty("source").GetString()!, out StreamAddress? source))
                {
                    yield return new SensorEvent(
                        item.GetProperty("id").GetString()!, source, type, item.GetProperty("time").GetDateTimeOffset(), EventPriority.Telemetry,
                        Encoding.UTF8.GetBytes(item.GetProperty("data").GetRawText()));
                }
            }

            next = page.RootElement.TryGetProperty("next", out JsonElement cursor) && cursor.ValueKind == JsonValueKind.String ? cursor.GetString() : null;
        }
        while (next is not null);
    }

    public void Dispose() => _http.Dispose();
}

using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace Sensing.CloudIngest.Query;

/// <summary>An answer that is written as it goes, not built in memory first.</summary>
internal sealed class JsonAnswer(Func<Utf8JsonWriter, Func<Task>, Task> write) : IResult
{
    private const int FlushAbove = 32 * 1024;

    public static JsonAnswer Of(Action<Utf8JsonWriter> write) => new((json, _) =>
    {
        write(json);
        return Task.CompletedTask;
    });

    /// <summary>An array of <paramref name="items"/> within <c>{"items": …}</c>, or alone where <paramref name="end"/> is null.</summary>
    public static JsonAnswer Items<T>(IReadOnlyList<T> items, Action<Utf8JsonWriter, T> write, Action<Utf8JsonWriter>? end = null, bool bare = false) =>
        new(async (json, breathe) =>
        {
            if (!bare)
            {
                json.WriteStartObject();
                json.WritePropertyName("items");
            }

            json.WriteStartArray();
            foreach (T item in items)
            {
                write(json, item);
                await breathe().ConfigureAwait(false);
            }

            json.WriteEndArray();
            end?.Invoke(json);
            if (!bare)
            {
                json.WriteEndObject();
            }
        });

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        HttpResponse response = httpContext.Response;
        response.ContentType = "application/json; charset=utf-8";
        response.Headers.CacheControl = "no-store";
        using var json = new Utf8JsonWriter(response.BodyWriter);
        await write(json, BreatheAsync).ConfigureAwait(false);
        await json.FlushAsync(httpContext.RequestAborted).ConfigureAwait(false);
        await response.BodyWriter.FlushAsync(httpContext.RequestAborted).ConfigureAwait(false);

        async Task BreatheAsync()
        {
            if (json.BytesPending > FlushAbove || response.BodyWriter.UnflushedBytes > FlushAbove)
            {
                await json.FlushAsync(httpContext.RequestAborted).ConfigureAwait(false);
                await response.BodyWriter.FlushAsync(httpContext.RequestAborted).ConfigureAwait(false);
            }
        }
    }
}

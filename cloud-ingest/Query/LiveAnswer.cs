using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Sensing.CloudIngest.Bridge;
using Sensing.CloudIngest.Store;

namespace Sensing.CloudIngest.Query;

/// <summary>Server-sent events out of the store: what was committed after the reader's place, then whatever follows.</summary>
/// <remarks>A reader has no queue: it reads the store at its own pace, so a slow one costs one page of memory and loses nothing. One
/// that takes nothing at all is cut off by the server's minimum data rate and comes back with its cursor.</remarks>
internal sealed class LiveAnswer(
    IEventStore store, INodePresence presence, SeriesFilter filter, long? after, TimeSpan heartbeat, TimeProvider time, LiveReaders readers,
    CancellationToken stopping) : IResult
{
    private const int Page = 200;

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        HttpResponse response = httpContext.Response;
        using var end = CancellationTokenSource.CreateLinkedTokenSource(httpContext.RequestAborted, stopping);
        try
        {
            long position = await StartAsync(end.Token).ConfigureAwait(false);
            response.ContentType = "text/event-stream";
            response.Headers.CacheControl = "no-store";
            response.Headers["X-Accel-Buffering"] = "no";
            httpContext.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
            await WriteAsync(response, "retry: 2000\n\n", end.Token).ConfigureAwait(false);
            await FollowAsync(response, position, end.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (end.IsCancellationRequested)
        {
            // The reader has gone, or the process stops: the reader comes back with its cursor.
        }
        finally
        {
            readers.Leave();
        }
    }

    private async Task<long> StartAsync(CancellationToken cancellation)
    {
        long head = await store.ReadHeadAsync(cancellation).ConfigureAwait(false);
        // A place beyond the newest event is of a store that has been replaced: everything in this one is new to the reader.
        return after is { } place ? place <= head ? place : 0 : head;
    }

    private async Task FollowAsync(HttpResponse response, long position, CancellationToken cancellation)
    {
        long nodeVersion = 0;
        while (true)
        {
            long seen = store.Commits.Version;
            foreach (NodeEntry node in await store.ReadNodesAsync(nodeVersion, cancellation).ConfigureAwait(false))
            {
                nodeVersion = node.Version;
                if (!node.Status.IsEmpty && Concerns(node))
                {
                    await WriteEventAsync(response, null, "node", json => NodeJson.Write(json, node, presence), cancellation).ConfigureAwait(false);
                }
            }

            LivePage page = await store.ReadAfterAsync(position, filter, Page, cancellation).ConfigureAwait(false);
            foreach (StoredEvent stored in page.Items)
            {
                await WriteEventAsync(response, stored.Sequence, "sensing", json => StoredEventJson.Write(json, stored), cancellation).ConfigureAwait(false);
            }

            position = page.Position;
            await response.BodyWriter.FlushAsync(cancellation).ConfigureAwait(false);
            if (!page.More && !await NewsAsync(seen, cancellation).ConfigureAwait(false))
            {
                // The id moves the reader's cursor past events that it did not choose. Then the store is looked at again: a commit of which
                // this process has not heard waits no longer than this.
                await WriteAsync(response, $": alive\nid: {position.ToString(CultureInfo.InvariantCulture)}\n\n", cancellation).ConfigureAwait(false);
            }
        }
    }

    /// <returns>False where it is time for a sign of life.</returns>
    private async Task<bool> NewsAsync(long seen, CancellationToken cancellation)
    {
        try
        {
            await store.Commits.WaitAsync(seen, cancellation).WaitAsync(heartbeat, time, cancellation).ConfigureAwait(false);
            return true;
        }
        catch (TimeoutException)
        {
            return false;
        }
    }

    private bool Concerns(NodeEntry node) => filter.Sources.Count == 0
        || filter.Sources.Any(source => source.StartsWith($"/sites/{node.Site}/nodes/{node.Node}/", StringComparison.Ordinal));

    private static async Task WriteEventAsync(
        HttpResponse response, long? id, string name, Action<Utf8JsonWriter> write, CancellationToken cancellation)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            write(json);
        }

        string head = id is { } number ? $"id: {number.ToString(CultureInfo.InvariantCulture)}\nevent: {name}\n" : $"event: {name}\n";
        response.BodyWriter.Write(Encoding.ASCII.GetBytes(head));
        // A payload may have come with line breaks in it; each line is a data line of its own, and the reader puts them together.
        ReadOnlyMemory<byte> rest = buffer.GetBuffer().AsMemory(0, (int)buffer.Length);
        while (true)
        {
            int line = rest.Span.IndexOfAny((byte)'\n', (byte)'\r');
            response.BodyWriter.Write("data: "u8);
            response.BodyWriter.Write((line < 0 ? rest : rest[..line]).Span);
            response.BodyWriter.Write("\n"u8);
            if (line < 0)
            {
                break;
            }

            rest = rest[(line + 1)..];
        }

        response.BodyWriter.Write("\n"u8);
        if (response.BodyWriter.UnflushedBytes > 32 * 1024)
        {
            await response.BodyWriter.FlushAsync(cancellation).ConfigureAwait(false);
        }
    }

    private static async Task WriteAsync(HttpResponse response, string text, CancellationToken cancellation)
    {
        response.BodyWriter.Write(Encoding.ASCII.GetBytes(text));
        await response.BodyWriter.FlushAsync(cancellation).ConfigureAwait(false);
    }
}

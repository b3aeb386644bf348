using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Sensing.CloudIngest.Bridge;
using Sensing.CloudIngest.Configuration;
using Sensing.CloudIngest.Store;

namespace Sensing.CloudIngest.Query;

/// <summary>Server-sent events out of the store: what was committed after the reader's place, then whatever follows.</summary>
/// <remarks>A reader has no queue: it reads the store at its own pace, so a slow one costs one small page of memory and loses nothing. One that
/// takes nothing for <see cref="LimitOptions.LiveStallSeconds"/> is cut off. Where the little that comes fits into the buffers of the
/// connection, nobody can see that: so no connection lasts longer than <see cref="LimitOptions.MaxLiveSeconds"/>. A reader comes back with its cursor.</remarks>
internal sealed class LiveAnswer(
    IEventStore store, INodePresence presence, SeriesFilter filter, long? after, LimitOptions limits, TimeProvider time, LiveReaders readers,
    CancellationToken cut, CancellationToken stopping) : IResult
{
    /// <summary>Events and payload bytes of a page; a page is held while its reader takes it.</summary>
    private const int Page = 50;

    private const int PageBytes = 32 * 1024;

    /// <summary>What the system may hold for a reader that takes nothing.</summary>
    private const int SendBuffer = 64 * 1024;

    private readonly TimeSpan _heartbeat = TimeSpan.FromSeconds(limits.HeartbeatSeconds);

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        HttpResponse response = httpContext.Response;
        using var lifetime = new CancellationTokenSource(TimeSpan.FromSeconds(limits.MaxLiveSeconds), time);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(httpContext.RequestAborted, stopping, cut, lifetime.Token);
        try
        {
            if (httpContext.Features.Get<IConnectionSocketFeature>()?.Socket is { } socket)
            {
                socket.SendBufferSize = SendBuffer;
            }

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
            // The reader has gone, has had its time, or the process stops: the reader comes back with its cursor.
        }
        catch (TimeoutException)
        {
            // It takes nothing, so it cannot be told either.
            httpContext.Abort();
        }
        finally
        {
            readers.Leave(httpContext);
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

            LivePage page = await store.ReadAfterAsync(position, filter, Page, PageBytes, cancellation).ConfigureAwait(false);
            foreach (StoredEvent stored in page.Items)
            {
                await WriteEventAsync(response, stored.Sequence, "sensing", json => StoredEventJson.Write(json, stored), cancellation).ConfigureAwait(false);
            }

            position = page.Position;
            await FlushAsync(response, cancellation).ConfigureAwait(false);
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
            await store.Commits.WaitAsync(seen, cancellation).WaitAsync(_heartbeat, time, cancellation).ConfigureAwait(false);
            return true;
        }
        catch (TimeoutException)
        {
            return false;
        }
    }

    private bool Concerns(NodeEntry node) => filter.Sources.Count == 0
        || filter.Sources.Any(source => source.StartsWith($"/sites/{node.Site}/nodes/{node.Node}/", StringComparison.Ordinal));

    private async Task WriteEventAsync(
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
            await FlushAsync(response, cancellation).ConfigureAwait(false);
        }
    }

    private async Task WriteAsync(HttpResponse response, string text, CancellationToken cancellation)
    {
        response.BodyWriter.Write(Encoding.ASCII.GetBytes(text));
        await FlushAsync(response, cancellation).ConfigureAwait(false);
    }

    /// <exception cref="TimeoutException">The reader takes nothing.</exception>
    private async Task FlushAsync(HttpResponse response, CancellationToken cancellation)
    {
        ValueTask<System.IO.Pipelines.FlushResult> flushing = response.BodyWriter.FlushAsync(cancellation);
        if (!flushing.IsCompletedSuccessfully)
        {
            await flushing.AsTask().WaitAsync(TimeSpan.FromSeconds(limits.LiveStallSeconds), time, cancellation).ConfigureAwait(false);
        }
    }
}

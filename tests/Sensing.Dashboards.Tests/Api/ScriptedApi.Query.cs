using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Primitives;
using Sensing.Das.Events;
using Sensing.Dashboards.Tests.Traffic;
using Sensing.Events;

namespace Sensing.Dashboards.Tests.Api;

public sealed partial class ScriptedApi
{
    /// <summary>Numbers that roll-ups sum up, by type.</summary>
    private static readonly Dictionary<string, string[]> Measures = new()
    {
        [DasEvents.Vehicle.Name.ToString()] = ["speedKmh"],
        [JunctionScript.Approach] = ["index", "indexRaw", "queueM", "meanSpeedKmh", "quality"],
    };

    private void Map(RouteGroupBuilder api)
    {
        api.MapGet("/nodes", () => Text($"[{string.Join(',', Locked(() => _nodes.Values.Select(n => n.ToJsonString()).ToArray()))}]"));
        api.MapGet("/streams", () => Text(Streams().ToJsonString()));
        api.MapGet("/events", Events);
        api.MapGet("/rollups", Rollups);
        api.MapGet("/live", LiveAsync);
    }

    private static IResult Text(string json) => Results.Text(json, "application/json");

    private T Locked<T>(Func<T> read)
    {
        lock (_gate)
        {
            return read();
        }
    }

    private ScriptedEntry[] Matching(HttpRequest request)
    {
        StringValues sources = request.Query["source"];
        StringValues types = request.Query["type"];
        DateTimeOffset from = Instant(request, "from", DateTimeOffset.MinValue);
        DateTimeOffset to = Instant(request, "to", DateTimeOffset.MaxValue);
        return Locked(() => _entries.Where(e => e.Event is { } x
            && (sources.Count == 0 || sources.Contains(x.Source.Source)) && (types.Count == 0 || types.Contains(x.Type.ToString()))
            && x.Time >= from && x.Time < to).ToArray());
    }

    private static DateTimeOffset Instant(HttpRequest request, string name, DateTimeOffset otherwise) =>
        request.Query[name] is [{ } text] ? DateTimeOffset.Parse(text, CultureInfo.InvariantCulture) : otherwise;

    private JsonArray Streams() => Locked(() => new JsonArray([.. _entries.Where(e => e.Event is not null)
        .GroupBy(e => e.Event!.Source).OrderBy(g => g.Key.Source, StringComparer.Ordinal)
        .Select(stream => (JsonNode)new JsonObject
        {
            ["source"] = stream.Key.Source,
            ["site"] = stream.Key.Site,
            ["node"] = stream.Key.Node,
            ["stream"] = stream.Key.Stream,
            ["types"] = new JsonArray([.. stream.GroupBy(e => e.Event!.Type.ToString()).Select(type => (JsonNode)new JsonObject
            {
                ["type"] = type.Key,
                ["count"] = type.Count(),
                ["lastTime"] = EventTime.Format(type.Max(e => e.Event!.Time)),
                ["lastArrival"] = EventTime.Format(type.Max(e => e.Arrival)),
            })]),
        })]));

    private IResult Events(HttpRequest request)
    {
        bool descending = request.Query["order"] == "desc";
        int limit = Math.Min(5000, request.Query["limit"] is [{ } text] ? int.Parse(text, CultureInfo.InvariantCulture) : 100);
        int skip = request.Query["cursor"] is [{ } cursor] ? int.Parse(cursor, CultureInfo.InvariantCulture) : 0;
        ScriptedEntry[] all = Matching(request);
        ScriptedEntry[] ordered = descending
            ? [.. all.OrderByDescending(e => e.Event!.Time).ThenByDescending(e => e.Sequence)]
            : [.. all.OrderBy(e => e.Event!.Time).ThenBy(e => e.Sequence)];
        string items = string.Join(',', ordered.Skip(skip).Take(limit).Select(e => e.Json));
        string next = skip + limit < ordered.Length ? $"\"{skip + limit}\"" : "null";
        return Text($$"""{"items":[{{items}}],"next":{{next}}}""");
    }

    private IResult Rollups(HttpRequest request)
    {
        long step = (request.Query["step"].ToString() switch
        {
            "1m" => TimeSpan.FromMinutes(1),
            "15m" => TimeSpan.FromMinutes(15),
            "1h" => TimeSpan.FromHours(1),
            _ => TimeSpan.FromDays(1),
        }).Ticks;
        IEnumerable<string> items = Matching(request)
            .GroupBy(e => (Start: e.Event!.Time.UtcTicks / step * step, e.Event.Source, Type: e.Event.Type.ToString()))
            .OrderBy(g => g.Key.Start)
            .Select(g => Rollup(g.Key.Start, g.Key.Source.Source, g.Key.Type, g).ToJsonString());
        return Text($$"""{"items":[{{string.Join(',', items)}}]}""");
    }

    private static JsonObject Rollup(long start, string source, string type, IEnumerable<ScriptedEntry> entries)
    {
        var item = new JsonObject
        {
            ["time"] = EventTime.Format(new DateTimeOffset(start, TimeSpan.Zero)),
            ["source"] = source,
            ["type"] = type,
            ["count"] = entries.Count(),
        };
        JsonElement[] payloads = [.. entries.Select(e => JsonSerializer.Deserialize<JsonElement>(e.Event!.Data.Span))];
        foreach (string measure in Measures.GetValueOrDefault(type, []))
        {
            double[] values = [.. payloads.Where(p => p.TryGetProperty(measure, out JsonElement _)).Select(p => p.GetProperty(measure).GetDouble())];
            item[measure] = values.Length == 0 ? null : new JsonObject
            {
                ["count"] = values.Length,
                ["mean"] = values.Average(),
                ["min"] = values.Min(),
                ["max"] = values.Max(),
            };
        }

        return item;
    }

    private async Task LiveAsync(HttpContext context)
    {
        StringValues sources = context.Request.Query["source"];
        StringValues types = context.Request.Query["type"];
        context.Response.ContentType = "text/event-stream";
        long position = long.TryParse(context.Request.Headers["Last-Event-ID"], CultureInfo.InvariantCulture, out long last)
            ? last
            : Locked(() => _sequence);
        var lifetime = (IHostApplicationLifetime)context.RequestServices.GetService(typeof(IHostApplicationLifetime))!;
        using var gone = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, lifetime.ApplicationStopping);
        try
        {
            await context.Response.WriteAsync(": welcome\n\n", gone.Token);
            await context.Response.Body.FlushAsync(gone.Token);
            lock (_gate)
            {
                _liveReaders++;
                _readers.TrySetResult();
            }

            while (true)
            {
                (ScriptedEntry[] fresh, Task news) = Locked(() => (_entries.Where(e => e.Sequence > position).ToArray(), _news.Task));
                foreach (ScriptedEntry entry in fresh)
                {
                    position = entry.Sequence;
                    if (entry.Event is { } e && ((sources.Count > 0 && !sources.Contains(e.Source.Source)) || (types.Count > 0 && !types.Contains(e.Type.ToString()))))
                    {
                        continue;
                    }

                    await context.Response.WriteAsync($"id: {entry.Sequence}\nevent: {(entry.Event is null ? "node" : "sensing")}\ndata: {entry.Json}\n\n", gone.Token);
                }

                await context.Response.Body.FlushAsync(gone.Token);
                await news.WaitAsync(gone.Token);
            }
        }
        catch (OperationCanceledException)
        {
            context.Abort();
        }
        finally
        {
            lock (_gate)
            {
                _liveReaders--;
                _readers = NewSignal();
            }
        }
    }
}

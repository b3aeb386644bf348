using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Sensing.CloudIngest.Bridge;
using Sensing.CloudIngest.Configuration;
using Sensing.CloudIngest.Models;
using Sensing.CloudIngest.Query.Documents;
using Sensing.CloudIngest.Store;
using Sensing.CloudIngest.Telemetry;
using Sensing.Events;

namespace Sensing.CloudIngest.Query;

/// <summary>The query API: HTTP and JSON, read only.</summary>
public static class QueryApi
{
    /// <summary>HEAD is GET without its body (RFC 9110, section 9.3.2); the server leaves the body out.</summary>
    internal static readonly string[] GetAndHead = [HttpMethods.Get, HttpMethods.Head];

    /// <summary>Under which the OpenAPI document lists what reads the store.</summary>
    internal const string DataTag = "Data";

    internal static IServiceCollection AddQueryApi(this IServiceCollection services)
    {
        services.AddSingleton<ApiKeys>();
        services.AddSingleton(provider =>
        {
            var readers = new LiveReaders(provider.GetRequiredService<CloudOptions>().Limits.MaxLiveReaders, provider.GetRequiredService<TimeProvider>());
            provider.GetRequiredService<CloudMetrics>().ObserveLiveReaders(() => readers.Count);
            return readers;
        });
        services.AddSingleton<IStartupFilter, HostRules>();
        services.AddSingleton<IStartupFilter, CompressedAnswers>();
        services.AddResponseCompression(CompressedAnswers.Configure);
        services.AddProblemDetails();
        services.AddOpenApi("v1", options => options.AddDocumentTransformer<QueryApiDocument>());
        return services;
    }

    /// <summary>Maps <c>/api/v1/…</c>, <c>/health/…</c>, <c>/openapi/v1.json</c> and its page, <c>/scalar</c>. Needs
    /// <see cref="CloudIngestServices.AddCloudIngest"/>.</summary>
    public static IEndpointRouteBuilder MapQueryApi(this IEndpointRouteBuilder app)
    {
        app.MapOpenApi();
        app.MapApiPage();
        app.MapHealth();

        if (!app.ServiceProvider.GetRequiredService<CloudOptions>().Has(CloudRole.Query))
        {
            return app;
        }

        RouteGroupBuilder api = app.MapGroup("/api/v1").WithTags(DataTag);
        var keys = app.ServiceProvider.GetRequiredService<ApiKeys>();

        // Before the first reader comes, so that the metric shows 0.
        app.ServiceProvider.GetRequiredService<LiveReaders>();
        api.AddEndpointFilter(keys);
        api.ProducesProblem(StatusCodes.Status401Unauthorized);
        api.MapMethods("/nodes", GetAndHead, NodesAsync).WithName("listNodes").Produces<NodeDocument[]>().WithSummary("State of every node.");
        api.MapMethods("/types", GetAndHead, TypesAnswer.Create).WithName("listEventTypes").Produces<EventFamilyDocument[]>()
            .WithSummary("The event families that this tier knows, with their types; streams may have others.");
        api.MapMethods("/streams", GetAndHead, StreamsAsync).WithName("listStreams").Produces<StreamDocument[]>().WithSummary("Every stream with the event types it has sent.");
        api.MapMethods("/events", GetAndHead, EventsAsync).WithName("readEvents").Produces<EventPageDocument>().ProducesValidationProblem()
            .WithSummary("Events in the order of their own time, page by page.");
        api.MapMethods("/events/latest", GetAndHead, LatestAsync).WithName("readLatestEvents").Produces<LatestDocument>().ProducesValidationProblem()
            .WithSummary("The latest event of each stream and type, page by page.");
        api.MapMethods("/rollups", GetAndHead, RollupsAsync).WithName("readRollups").Produces<RollupsDocument>().ProducesValidationProblem()
            .WithSummary("Counts, and the numbers that events carry, by interval of event time.");
        api.MapMethods("/live", GetAndHead, Live).WithName("followEvents").Produces<EventDocument>(200, "text/event-stream").ProducesValidationProblem().ProducesProblem(503)
            .WithSummary("Server-sent events as they are stored. 'sensing' carries an event and its cursor as id, 'node' a node's state.");
        api.MapModels(app.ServiceProvider);
        return app;
    }

    private static async Task<IResult> NodesAsync(
        HttpRequest request, IEventStore store, INodePresence presence, CloudOptions options, CancellationToken cancellation)
    {
        if (new QueryParameters(request, options.Limits).Problem is { } problem)
        {
            return problem;
        }

        IReadOnlyList<NodeEntry> nodes = await store.ReadNodesAsync(0, cancellation).ConfigureAwait(false);
        NodeEntry[] known = [.. nodes.Where(node => !node.Status.IsEmpty).OrderBy(node => node.Site, StringComparer.Ordinal).ThenBy(node => node.Node, StringComparer.Ordinal)];
        return JsonAnswer.Items(known, (json, node) => NodeJson.Write(json, node, presence), bare: true);
    }

    private static async Task<IResult> StreamsAsync(HttpRequest request, IEventStore store, CloudOptions options, CancellationToken cancellation)
    {
        if (new QueryParameters(request, options.Limits).Problem is { } problem)
        {
            return problem;
        }

        IReadOnlyList<SeriesSummary> series = await store.ReadSeriesAsync(cancellation).ConfigureAwait(false);
        IGrouping<StreamAddress, SeriesSummary>[] streams = [.. series.GroupBy(one => one.Source)];
        return JsonAnswer.Items(streams, (json, stream) =>
        {
            json.WriteStartObject();
            json.WriteString("source", stream.Key.Source);
            json.WriteString("site", stream.Key.Site);
            json.WriteString("node", stream.Key.Node);
            json.WriteString("stream", stream.Key.Stream);
            json.WriteStartArray("types");
            foreach (SeriesSummary one in stream)
            {
                json.WriteStartObject();
                json.WriteString("type", one.Type);
                json.WriteNumber("count", one.Count);
                json.WriteString("lastTime", EventTime.Format(one.LastTime));
                json.WriteString("lastArrival", EventTime.Format(one.LastArrival));
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }, bare: true);
    }

    private static async Task<IResult> EventsAsync(HttpRequest request, IEventStore store, CloudOptions options, CancellationToken cancellation)
    {
        var parameters = new QueryParameters(request, options.Limits, "source", "type", "from", "to", "order", "limit", "cursor");
        SeriesFilter filter = parameters.Filter();
        (DateTimeOffset? from, DateTimeOffset? to) = parameters.Range();
        var query = new EventQuery(filter, from, to, parameters.Descending(), parameters.Cursor(), parameters.Limit());
        if (parameters.Problem is { } problem)
        {
            return problem;
        }

        EventPage page = await store.ReadEventsAsync(query, cancellation).ConfigureAwait(false);
        return JsonAnswer.Items(page.Items, StoredEventJson.Write, json => json.WriteString("next", page.Next?.ToString()));
    }

    private static async Task<IResult> LatestAsync(HttpRequest request, IEventStore store, CloudOptions options, CancellationToken cancellation)
    {
        var parameters = new QueryParameters(request, options.Limits, "source", "type", "limit", "cursor");
        var query = new LatestQuery(parameters.Filter(), parameters.AfterLatest(), parameters.Limit(usual: options.Limits.MaxPage));
        if (parameters.Problem is { } problem)
        {
            return problem;
        }

        LatestPage page = await store.ReadLatestAsync(query, cancellation).ConfigureAwait(false);
        return JsonAnswer.Items(page.Items, StoredEventJson.Write, json => json.WriteString("next", page.Next?.ToString()));
    }

    private static async Task<IResult> RollupsAsync(HttpRequest request, IEventStore store, CloudOptions options, CancellationToken cancellation)
    {
        var parameters = new QueryParameters(request, options.Limits, "source", "type", "step", "from", "to");
        SeriesFilter filter = parameters.Filter();
        (DateTimeOffset? from, DateTimeOffset? to) = parameters.Range();
        RollupStep step = parameters.Step();
        if (parameters.Problem is { } problem)
        {
            return problem;
        }

        int limit = options.Limits.MaxRollupItems;
        IReadOnlyList<Rollup> items = await store.ReadRollupsAsync(new RollupQuery(filter, step, from, to, limit + 1), cancellation).ConfigureAwait(false);
        if (items.Count > limit)
        {
            return TypedResults.Problem(
                $"The answer would have more than {limit} items. Give a source, a type, a shorter range or a longer step.", statusCode: 400, title: "The answer would be too long.");
        }

        return JsonAnswer.Items(items, (json, item) =>
        {
            json.WriteStartObject();
            json.WriteString("time", EventTime.Format(item.Time));
            json.WriteString("source", item.Source.Source);
            json.WriteString("type", item.Type);
            json.WriteNumber("count", item.Count);
            foreach (RollupMeasure measure in item.Measures)
            {
                json.WriteStartObject(measure.Name);
                json.WriteNumber("count", measure.Count);
                json.WriteNumber("mean", measure.Mean);
                json.WriteNumber("min", measure.Min);
                json.WriteNumber("max", measure.Max);
                json.WriteEndObject();
            }

            json.WriteEndObject();
        });
    }

    private static IResult Live(
        HttpRequest request, IEventStore store, INodePresence presence, CloudOptions options, LiveReaders readers, TimeProvider time,
        IHostApplicationLifetime lifetime)
    {
        var parameters = new QueryParameters(request, options.Limits, "source", "type", "after");
        SeriesFilter filter = parameters.Filter();
        long? after = parameters.After(request);
        if (parameters.Problem is { } problem)
        {
            return problem;
        }

        if (HttpMethods.IsHead(request.Method))
        {
            return TypedResults.Content("", "text/event-stream");
        }

        if (!readers.TryEnter(request.HttpContext, out CancellationToken cut))
        {
            request.HttpContext.Response.Headers.RetryAfter = "5";
            return TypedResults.Problem(
                $"{options.Limits.MaxLiveReaders} live readers are connected, as many as limits.maxLiveReaders allows. Close some, or try again later.",
                statusCode: 503, title: "There are too many live readers.");
        }

        return new LiveAnswer(
            store, presence, filter, after, options.Limits, time, readers, cut, lifetime.ApplicationStopping);
    }
}

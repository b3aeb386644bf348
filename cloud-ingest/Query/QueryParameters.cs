using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Sensing.CloudIngest.Configuration;
using Sensing.CloudIngest.Store;
using Sensing.Events;

namespace Sensing.CloudIngest.Query;

/// <summary>Reads the parameters of one request; every mistake is named with what to do, all in one answer (RFC 9457).</summary>
internal sealed class QueryParameters
{
    private delegate bool Parse<T>(string text, out T? cursor);

    private readonly IQueryCollection _query;
    private readonly LimitOptions _limits;
    private readonly Dictionary<string, string[]> _mistakes = new(StringComparer.Ordinal);

    public QueryParameters(HttpRequest request, LimitOptions limits, params string[] known)
    {
        _query = request.Query;
        _limits = limits;
        foreach (string name in _query.Keys.Where(name => !known.Contains(name)))
        {
            Mistake(name, $"is not known here: use {string.Join(", ", known)}");
        }

        foreach (string name in known.Where(name => name is not ("source" or "type") && _query[name].Count > 1))
        {
            Mistake(name, "is given more than once: keep one");
        }
    }

    /// <summary>The answer that names all mistakes; null where there are none.</summary>
    public ValidationProblem? Problem => _mistakes.Count == 0 ? null : TypedResults.ValidationProblem(
        _mistakes, "Correct the parameters named under 'errors' and ask again; /openapi/v1.json describes them all.", title: "The request has parameters that cannot be used.");

    public SeriesFilter Filter()
    {
        string[] sources = Many("source");
        string[] types = Many("type");
        foreach (string source in sources.Where(source => !StreamAddress.TryParse(source, out _)))
        {
            Mistake("source", $"'{source}' is not /sites/{{site}}/nodes/{{node}}/streams/{{stream}}; /api/v1/streams lists what there is");
        }

        foreach (string type in types.Where(type => !EventTypeName.TryParse(type, out _)))
        {
            Mistake("type", $"'{type}' is not sensing.{{pipeline}}.{{fact}}.v{{version}}; /api/v1/streams lists what there is");
        }

        return new SeriesFilter(sources, types);
    }

    public (DateTimeOffset? From, DateTimeOffset? To) Range()
    {
        DateTimeOffset? from = Time("from");
        DateTimeOffset? to = Time("to");
        if (from >= to)
        {
            Mistake("to", "must be after from");
        }
        else if (to - from > TimeSpan.FromDays(_limits.MaxRangeDays))
        {
            Mistake("to", $"is more than {_limits.MaxRangeDays} days after from: ask for a shorter range, or for several one after the other");
        }

        return (from, to);
    }

    public bool Descending() => One("order") switch
    {
        null or "asc" => false,
        "desc" => true,
        string other => Mistake("order", $"'{other}' is neither asc nor desc") is null,
    };

    /// <param name="usual">Where the request names none.</param>
    public int Limit(int usual = 500)
    {
        if (One("limit") is not { } text)
        {
            return Math.Min(usual, _limits.MaxPage);
        }

        if (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int limit) || limit < 1 || limit > _limits.MaxPage)
        {
            Mistake("limit", $"'{text}' is no whole number from 1 to {_limits.MaxPage}");
        }

        return limit;
    }

    public EventCursor? Cursor() => Cursor<EventCursor>(EventCursor.TryParse);

    public LatestCursor? AfterLatest() => Cursor<LatestCursor>(LatestCursor.TryParse);

    public RollupStep Step()
    {
        switch (One("step"))
        {
            case "1m": return RollupStep.Minute;
            case "15m": return RollupStep.Quarter;
            case "1h": return RollupStep.Hour;
            case "1d": return RollupStep.Day;
            case null:
                Mistake("step", "is missing: use 1m, 15m, 1h or 1d");
                break;
            case string other:
                Mistake("step", $"'{other}' is no step: use 1m, 15m, 1h or 1d");
                break;
        }

        return RollupStep.Minute;
    }

    /// <summary>A live reader's place: the header of a browser that reconnects counts before the parameter of its first request.</summary>
    public long? After(HttpRequest request)
    {
        (string name, string? text) = request.Headers["Last-Event-ID"].FirstOrDefault() is { Length: > 0 } header
            ? ("Last-Event-ID", header)
            : ("after", One("after"));
        if (text is null)
        {
            return null;
        }

        if (!long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long after))
        {
            Mistake(name, $"'{text}' is no cursor of this stream: give the id of the last event that was read, or 0 for all that is kept");
        }

        return after;
    }

    private T? Cursor<T>(Parse<T> parse)
        where T : class
    {
        if (One("cursor") is not { } text)
        {
            return null;
        }

        if (!parse(text, out T? cursor))
        {
            Mistake("cursor", "is none that this API gave: take 'next' of the page before, unchanged");
        }

        return cursor;
    }

    private DateTimeOffset? Time(string name)
    {
        if (One(name) is not { } text)
        {
            return null;
        }

        if (EventTime.TryParse(text, out DateTimeOffset time))
        {
            return time;
        }

        Mistake(name, $"'{text}' is no RFC 3339 time with an offset: it looks like 2026-01-02T03:04:05Z, with '+' written as %2B");
        return null;
    }

    private string? One(string name) => _query[name].FirstOrDefault() is { Length: > 0 } text ? text : null;

    private string[] Many(string name) => [.. _query[name].OfType<string>().Where(text => text.Length > 0).Distinct()];

    private string? Mistake(string name, string message)
    {
        _mistakes[name] = _mistakes.TryGetValue(name, out string[]? before) ? [.. before, message] : [message];
        return null;
    }
}

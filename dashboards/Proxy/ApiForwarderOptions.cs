namespace Sensing.Dashboards.Proxy;

/// <summary>How requests under <c>/api</c> reach the query API.</summary>
public sealed record ApiForwarderOptions
{
    /// <summary>Address of the query API.</summary>
    public required Uri Api { get; init; }

    /// <summary>File of API keys, one a line, of which the first is sent; read at each request so that a renewed key is used at once (default: none, no key is sent).</summary>
    public string? ApiKeyFile { get; init; }

    /// <summary>Live streams at one time (default: 128). One more is answered 503 with Retry-After; a page then tries again.</summary>
    public int MaxLiveStreams { get; init; } = 128;

    /// <summary>Longest time until an answer begins (default: 30 s). Later than that is answered 504.</summary>
    public TimeSpan AnswerTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Longest silence within an answer (default: 60 s); the connection is then cut and a page connects anew.
    /// The query API's live stream sends a comment more often than that.</summary>
    public TimeSpan IdleTimeout { get; init; } = TimeSpan.FromSeconds(60);
}

using System.Buffers;
using System.Net;
using System.Net.Http.Headers;

namespace Sensing.Dashboards.Proxy;

/// <summary>Forwards reads to the query API, so that a browser sees one origin and never the API key.</summary>
/// <remarks>GET and HEAD only. Answers are passed on as they come through one pooled buffer a request: a live stream is
/// never held back, and a slow browser slows the API's stream instead of filling memory.</remarks>
internal sealed partial class ApiForwarder : IDisposable
{
    private const int BufferBytes = 16 * 1024;
    private const string LivePath = "/api/v1/live";
    private static readonly string[] RequestHeaders = ["Accept", "Accept-Encoding", "If-None-Match", "Last-Event-ID"];
    private static readonly string[] ResponseHeaders =
        ["Cache-Control", "Content-Disposition", "Content-Encoding", "Content-Length", "Content-Type", "ETag", "Retry-After", "Vary"];

    private readonly ApiForwarderOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger<ApiForwarder> _log;
    private readonly HttpMessageInvoker _client;
    private readonly SemaphoreSlim _live;
    private readonly CancellationToken _stopping;
    private int _unreachable;

    public ApiForwarder(ApiForwarderOptions options, TimeProvider time, IHostApplicationLifetime lifetime, ILogger<ApiForwarder> log)
    {
        _options = options;
        _time = time;
        _log = log;
        _stopping = lifetime.ApplicationStopping;
        _live = new SemaphoreSlim(options.MaxLiveStreams);
        _client = new HttpMessageInvoker(new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            UseProxy = false,
            ConnectTimeout = TimeSpan.FromSeconds(5),
        });
    }

    public async Task ForwardAsync(HttpContext context)
    {
        bool isLive = context.Request.Path.Equals(LivePath, StringComparison.OrdinalIgnoreCase);
        if (isLive && !_live.Wait(0))
        {
            context.Response.Headers.RetryAfter = "10";
            await ProblemAsync(context, StatusCodes.Status503ServiceUnavailable,
                $"{_options.MaxLiveStreams} live streams are open already; try again later.").ConfigureAwait(false);
            return;
        }

        try
        {
            await ExchangeAsync(context).ConfigureAwait(false);
        }
        finally
        {
            if (isLive)
            {
                _live.Release();
            }
        }
    }

    public void Dispose()
    {
        _client.Dispose();
        _live.Dispose();
    }

    private async Task ExchangeAsync(HttpContext context)
    {
        CancellationToken aborted = context.RequestAborted;
        using var timeout = new CancellationTokenSource(_options.AnswerTimeout, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(aborted, timeout.Token, _stopping);
        try
        {
            using HttpRequestMessage request = Request(context);
            using HttpResponseMessage answer = await _client.SendAsync(request, either.Token).ConfigureAwait(false);
            if (Interlocked.Exchange(ref _unreachable, 0) == 1)
            {
                LogBack(_options.Api);
            }

            context.Response.StatusCode = (int)answer.StatusCode;
            CopyHeaders(answer, context.Response.Headers);
            if (HttpMethods.IsHead(context.Request.Method) || answer.StatusCode == HttpStatusCode.NotModified)
            {
                return;
            }

            await CopyBodyAsync(answer, context.Response, timeout, either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (aborted.IsCancellationRequested)
        {
            // The browser went away.
        }
        catch (OperationCanceledException) when (context.Response.HasStarted)
        {
            context.Abort();
        }
        catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
        {
            // A live stream has no end of its own that a stop could wait for.
            await ProblemAsync(context, StatusCodes.Status503ServiceUnavailable, "The dashboard is being stopped.").ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            await ProblemAsync(context, StatusCodes.Status504GatewayTimeout,
                $"The query API at {_options.Api} did not answer within {_options.AnswerTimeout.TotalSeconds:0.#} s.").ConfigureAwait(false);
        }
        catch (Exception error) when (error is HttpRequestException or IOException)
        {
            // Every open page asks again and again: one line when it goes, one when it is back.
            if (Interlocked.Exchange(ref _unreachable, 1) == 0)
            {
                LogUnreachable(_options.Api, error.Message);
            }

            if (context.Response.HasStarted)
            {
                context.Abort();
                return;
            }

            await ProblemAsync(context, StatusCodes.Status502BadGateway,
                $"The query API at {_options.Api} cannot be reached.").ConfigureAwait(false);
        }
    }

    private HttpRequestMessage Request(HttpContext context)
    {
        // The path and query are kept as they were sent; scheme and host are always the configured ones.
        var target = new Uri(_options.Api.GetLeftPart(UriPartial.Authority)
            + context.Request.Path.ToUriComponent() + context.Request.QueryString.ToUriComponent());
        var request = new HttpRequestMessage(new HttpMethod(context.Request.Method), target);
        foreach (string name in RequestHeaders)
        {
            if (context.Request.Headers.TryGetValue(name, out var values))
            {
                request.Headers.TryAddWithoutValidation(name, (IEnumerable<string?>)values);
            }
        }

        if (_options.ApiKeyFile is { } file)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", FirstKey(file));
        }

        return request;
    }

    /// <summary>The first key of a file with one key a line and '#' before comments.</summary>
    private static string FirstKey(string file) =>
        File.ReadLines(file).Select(line => line.Split('#')[0].Trim()).FirstOrDefault(line => line.Length > 0) ?? "";

    private static void CopyHeaders(HttpResponseMessage answer, IHeaderDictionary headers)
    {
        foreach (string name in ResponseHeaders)
        {
            if (answer.Headers.TryGetValues(name, out IEnumerable<string>? values) || answer.Content.Headers.TryGetValues(name, out values))
            {
                headers[name] = values.ToArray();
            }
        }

        headers.XContentTypeOptions = "nosniff";
    }

    private async Task CopyBodyAsync(
        HttpResponseMessage answer, HttpResponse response, CancellationTokenSource timeout, CancellationToken cancellation)
    {
        using Stream body = await answer.Content.ReadAsStreamAsync(cancellation).ConfigureAwait(false);
        await response.StartAsync(cancellation).ConfigureAwait(false);
        await response.Body.FlushAsync(cancellation).ConfigureAwait(false);
        byte[] buffer = ArrayPool<byte>.Shared.Rent(BufferBytes);
        try
        {
            int read;
            do
            {
                timeout.CancelAfter(_options.IdleTimeout);
                read = await body.ReadAsync(buffer.AsMemory(0, BufferBytes), cancellation).ConfigureAwait(false);
                await response.Body.WriteAsync(buffer.AsMemory(0, read), cancellation).ConfigureAwait(false);
                await response.Body.FlushAsync(cancellation).ConfigureAwait(false);
            }
            while (read > 0);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static Task ProblemAsync(HttpContext context, int status, string detail) =>
        Results.Problem(detail, statusCode: status).ExecuteAsync(context);

    [LoggerMessage(7001, LogLevel.Warning, "The query API at {Api} cannot be reached: {Reason}")]
    private partial void LogUnreachable(Uri api, string reason);

    [LoggerMessage(7002, LogLevel.Warning, "The query API at {Api} answers again")]
    private partial void LogBack(Uri api);
}

using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Polly;
using Polly.CircuitBreaker;
using Sensing.Drones.Events;
using Sensing.Drones.Live;

namespace Sensing.Drones.Cloud;

/// <summary>Calls an endpoint of KServe v2: a JPEG and the time to the deadline out, findings back.</summary>
/// <remarks>A call that waits for its turn waits on its own deadline. A circuit breaker holds calls back while most of
/// them fail; a refusal for want of time (429) is an answer and does not count as a failure.</remarks>
public sealed class KServeCaller : ICloudCaller
{
    // Half of at least four calls within ten seconds.
    private const double FailureRatio = 0.5;
    private const int LeastCalls = 4;
    private static readonly TimeSpan Sampled = TimeSpan.FromSeconds(10);

    /// <summary>Weight of a new rate of the link among the earlier ones.</summary>
    private const double LinkWeight = 0.1;

    private readonly HttpClient _client;
    private readonly DroneCloudOptions _options;
    private readonly TimeProvider _time;
    private readonly SemaphoreSlim _slots;
    private readonly CircuitBreakerStateProvider _state = new();
    private readonly ResiliencePipeline _breaker;
    private readonly Lock _gate = new();
    private double? _link;

    /// <param name="options">Where the endpoint is, and how it is called.</param>
    /// <param name="time">The clock.</param>
    /// <param name="handler">Sends the calls; disposed with the caller (default: the network does).</param>
    public KServeCaller(DroneCloudOptions options, TimeProvider time, HttpMessageHandler? handler = null)
    {
        _options = options;
        _time = time;
        _slots = new SemaphoreSlim(options.Concurrency);
        _client = new HttpClient(handler ?? new SocketsHttpHandler { PooledConnectionLifetime = TimeSpan.FromMinutes(5) })
        {
            BaseAddress = new Uri(options.Url.TrimEnd('/') + "/"),
            Timeout = Timeout.InfiniteTimeSpan,
        };
        _breaker = new ResiliencePipelineBuilder { TimeProvider = time }
            .AddCircuitBreaker(new CircuitBreakerStrategyOptions
            {
                FailureRatio = FailureRatio,
                MinimumThroughput = LeastCalls,
                SamplingDuration = Sampled,
                BreakDuration = TimeSpan.FromSeconds(options.HoldBackSeconds),
                StateProvider = _state,
                ShouldHandle = new PredicateBuilder().Handle<HttpRequestException>().Handle<IOException>().Handle<OperationCanceledException>(),
            })
            .Build();
    }

    public CloudState State => _state.CircuitState switch
    {
        CircuitState.Closed => CloudState.Reachable,
        CircuitState.HalfOpen => CloudState.Tried,
        _ => CloudState.HeldBack,
    };

    public double? LinkMbits
    {
        get
        {
            lock (_gate)
            {
                return _link;
            }
        }
    }

    public async Task<TaskFindings> CallAsync(SegmentWork segment, DroneTaskKind kind, TimeSpan left, CancellationToken cancellation)
    {
        long began = _time.GetTimestamp();
        byte[] jpeg = segment.Jpeg(_options.JpegWidth);
        await _slots.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            return await _breaker.ExecuteAsync(
                async token => await SendAsync(
                    segment, kind, jpeg, Math.Max(0, (left - _time.GetElapsedTime(began)).TotalMilliseconds), token).ConfigureAwait(false),
                cancellation).ConfigureAwait(false);
        }
        catch (BrokenCircuitException)
        {
            throw new CloudCallException("calls are held back since most of them fail");
        }
        catch (Exception error) when (error is HttpRequestException or IOException)
        {
            throw new CloudCallException(error.Message, error);
        }
        finally
        {
            _slots.Release();
        }
    }

    public ValueTask DisposeAsync()
    {
        _client.Dispose();
        return ValueTask.CompletedTask;
    }

    private async Task<TaskFindings> SendAsync(
        SegmentWork segment, DroneTaskKind kind, byte[] jpeg, double deadlineMs, CancellationToken cancellation)
    {
        string model = DroneTaskTypes.Name(kind).ToLowerInvariant();
        (byte[] body, int jsonLength) = InferBody.Write(
            string.Create(CultureInfo.InvariantCulture, $"{segment.Drone}/{segment.Number}"), Math.Round(deadlineMs, 1), jpeg);
        using var request = new HttpRequestMessage(HttpMethod.Post, $"v2/models/{model}/infer") { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
        request.Headers.Add(InferBody.JsonLengthHeader, jsonLength.ToString(CultureInfo.InvariantCulture));
        long began = _time.GetTimestamp();
        using HttpResponseMessage response = await _client.SendAsync(request, cancellation).ConfigureAwait(false);
        byte[] answer = await response.Content.ReadAsByteArrayAsync(cancellation).ConfigureAwait(false);
        if (response.StatusCode is HttpStatusCode.TooManyRequests or HttpStatusCode.BadRequest or HttpStatusCode.NotFound)
        {
            throw new CloudCallException($"refused ({(int)response.StatusCode}): {Refusal(answer)}");
        }

        response.EnsureSuccessStatusCode();
        try
        {
            InferResponse read = JsonSerializer.Deserialize(answer, InferJson.Default.InferResponse) ?? throw new JsonException("it is null");
            MeasureLink(body.Length, _time.GetElapsedTime(began).TotalMilliseconds - (read.Parameters?.ServedMs ?? double.NaN));
            return read.Outputs is [{ Data: [var text] }] && JsonSerializer.Deserialize(text, DroneLiveJson.Default.TaskFindings) is { } findings
                ? findings
                : throw new JsonException("it holds no findings");
        }
        catch (JsonException error)
        {
            throw new CloudCallException($"the answer cannot be read: {error.Message}", error);
        }
    }

    private static string Refusal(byte[] answer)
    {
        try
        {
            return JsonSerializer.Deserialize(answer, InferJson.Default.InferRefusal)?.Error ?? "without a reason";
        }
        catch (JsonException)
        {
            return "without a reason";
        }
    }

    private void MeasureLink(int bytes, double milliseconds)
    {
        if (milliseconds > 0)
        {
            double rate = bytes * 8 / (milliseconds * 1000);
            lock (_gate)
            {
                _link = _link is { } known ? known + (LinkWeight * (rate - known)) : rate;
            }
        }
    }
}

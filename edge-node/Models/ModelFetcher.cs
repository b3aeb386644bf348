using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography.X509Certificates;
using Polly;
using Polly.Retry;
using Sensing.EdgeNode.Configuration;
using Sensing.Models;

namespace Sensing.EdgeNode.Models;

/// <summary>Fetches files of models over HTTP: within a size, resumed where a connection broke, checked against their digest.</summary>
internal sealed class ModelFetcher : IDisposable
{
    /// <summary>A file with another digest is fetched once more from its beginning: what was resumed may have been of another file.</summary>
    private const int MostDamaged = 2;

    private readonly ModelFetchOptions _options;
    private readonly string _baseDirectory;
    private readonly TimeProvider _time;
    private readonly HttpClient _http;
    private readonly ResiliencePipeline _retries;

    public ModelFetcher(ModelFetchOptions options, string baseDirectory, TimeProvider time, int seed)
    {
        (_options, _baseDirectory, _time) = (options, baseDirectory, time);

        // Redirects are not followed: files come from the configured server.
        var handler = new SocketsHttpHandler { AllowAutoRedirect = false, ConnectTimeout = TimeSpan.FromSeconds(options.SilenceSeconds) };
        if (options.CaFile is { } caFile)
        {
            var authorities = new X509Certificate2Collection();
            authorities.ImportFromPemFile(Path.GetFullPath(caFile, baseDirectory));
            handler.SslOptions.CertificateChainPolicy = new X509ChainPolicy
            {
                TrustMode = X509ChainTrustMode.CustomRootTrust,
                RevocationMode = X509RevocationMode.NoCheck,
            };
            handler.SslOptions.CertificateChainPolicy.CustomTrustStore.AddRange(authorities);
        }

        _http = new HttpClient(handler) { BaseAddress = new Uri(options.Server), Timeout = Timeout.InfiniteTimeSpan };
        var random = new Random(seed);
        _retries = new ResiliencePipelineBuilder { TimeProvider = time }
            .AddRetry(new RetryStrategyOptions
            {
                ShouldHandle = new PredicateBuilder().Handle<HttpRequestException>().Handle<IOException>().Handle<TimeoutException>(),
                MaxRetryAttempts = int.MaxValue,
                BackoffType = DelayBackoffType.Exponential,
                UseJitter = true,
                Delay = TimeSpan.FromSeconds(options.Backoff.InitialSeconds),
                MaxDelay = TimeSpan.FromSeconds(options.Backoff.MaxSeconds),
                Randomizer = random.NextDouble,
                OnRetry = retry =>
                {
                    Retrying?.Invoke(retry.Outcome.Exception!.Message);
                    return default;
                },
            })
            .Build();
    }

    /// <summary>An attempt has failed and another follows: why.</summary>
    public event Action<string>? Retrying;

    /// <summary>Fetches a file into <paramref name="part"/>; what is there already is continued.</summary>
    /// <returns>Once the file is whole and has its digest; it tries until then.</returns>
    /// <exception cref="ModelRefusedException">The server refuses, or the file is not what was announced.</exception>
    public async Task FetchAsync(ModelManifestEntry model, string part, CancellationToken cancellation)
    {
        for (int damaged = 1; ; damaged++)
        {
            await _retries.ExecuteAsync(async attempt => await ContinueAsync(model, part, attempt), cancellation);
            if (FetchedModels.DigestOf(part) == model.Digest)
            {
                return;
            }

            File.Delete(part);
            if (damaged == MostDamaged)
            {
                throw new ModelRefusedException($"the file that the server has does not have the SHA-256 {model.Digest}", isFinal: true);
            }
        }
    }

    public void Dispose() => _http.Dispose();

    private async Task ContinueAsync(ModelManifestEntry model, string part, CancellationToken cancellation)
    {
        long length = model.Length!.Value;
        await using var file = new FileStream(part, FileMode.OpenOrCreate, FileAccess.ReadWrite);
        if (file.Length > length)
        {
            file.SetLength(0);
        }

        if (file.Length == length)
        {
            return;
        }

        using var silence = new CancellationTokenSource(TimeSpan.FromSeconds(_options.SilenceSeconds), _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, silence.Token);
        try
        {
            using HttpRequestMessage request = Request(model, file.Length);
            using HttpResponseMessage answer = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, either.Token);
            if (answer.StatusCode == HttpStatusCode.PartialContent && answer.Content.Headers.ContentRange?.From == file.Length)
            {
                file.Seek(0, SeekOrigin.End);
            }
            else if (answer.StatusCode is HttpStatusCode.OK or HttpStatusCode.PartialContent or HttpStatusCode.RequestedRangeNotSatisfiable)
            {
                file.SetLength(0);
                if (answer.StatusCode != HttpStatusCode.OK)
                {
                    throw new HttpRequestException($"the server answers a range with {(int)answer.StatusCode}; beginning again");
                }
            }
            else
            {
                throw Refused(answer.StatusCode);
            }

            await using Stream body = await answer.Content.ReadAsStreamAsync(either.Token);
            byte[] buffer = new byte[64 * 1024];
            int read;
            while ((read = await body.ReadAsync(buffer, either.Token)) > 0)
            {
                silence.CancelAfter(TimeSpan.FromSeconds(_options.SilenceSeconds));
                if (file.Position + read > length)
                {
                    file.SetLength(0);
                    throw new ModelRefusedException($"the server sends more than the {length} bytes that were announced", isFinal: true);
                }

                await file.WriteAsync(buffer.AsMemory(0, read), either.Token);
            }

            if (file.Length < length)
            {
                throw new IOException($"the connection ended after {file.Length} of {length} bytes");
            }

            file.Flush(flushToDisk: true);
        }
        catch (OperationCanceledException) when (silence.IsCancellationRequested && !cancellation.IsCancellationRequested)
        {
            throw new TimeoutException($"nothing came for {_options.SilenceSeconds:R} s");
        }
    }

    private HttpRequestMessage Request(ModelManifestEntry model, long from)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, $"/api/v1/models/{model.Name}/{model.Version}");
        if (from > 0)
        {
            request.Headers.Range = new RangeHeaderValue(from, null);
            request.Headers.IfRange = new RangeConditionHeaderValue(new EntityTagHeaderValue($"\"{model.Digest}\""));
        }

        if (_options.ApiKeyFile is { } keyFile)
        {
            string path = Path.GetFullPath(keyFile, _baseDirectory);
            try
            {
                request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", File.ReadLines(path).FirstOrDefault()?.Trim() ?? "");
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                request.Dispose();
                throw new ModelRefusedException($"{path} cannot be read: {error.Message}", isFinal: false);
            }
        }

        return request;
    }

    /// <summary>A server that is busy or failing is asked again; what it refuses is refused until it is announced again.</summary>
    private Exception Refused(HttpStatusCode status) =>
        status is HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests || (int)status >= 500
            ? new HttpRequestException($"the server answers {(int)status}")
            : new ModelRefusedException(
                status switch
                {
                    HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden => $"the server asks for a key ({(int)status}): check models.fetch.apiKeyFile",
                    HttpStatusCode.BadRequest => $"the server refuses its name ({(int)status}): add the host of {_options.Server} to its http.hosts",
                    _ => $"the server answers {(int)status}: check models.fetch.server",
                },
                isFinal: false);
}

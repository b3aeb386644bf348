using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;
using Sensing.EdgeNode.Configuration;
using Sensing.EdgeNode.Models;
using Sensing.Models;
using Sensing.Testing;

namespace Sensing.EdgeNode.Tests.Models;

/// <summary>Models that are announced and fetched, with a real HTTP server.</summary>
public sealed class ModelUpdatesTests : IDisposable
{
    private static readonly byte[] File = [.. Enumerable.Range(0, 300_000).Select(i => (byte)(i * 31))];

    private static readonly string Digest = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(File));

    private readonly TemporaryFolder _folder = new();
    private readonly ModelServer _server = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly ModelUpdates _updates;
    private readonly Task _running;

    public ModelUpdatesTests()
    {
        _updates = Open();
        _running = _updates.RunAsync(_stop.Token);
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _stop.Cancel();
        _running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing).GetAwaiter().GetResult();
        _updates.Dispose();
        _server.Dispose();
        _stop.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task A_download_that_breaks_is_resumed_and_checked()
    {
        _server.Status(503).Serve(File, Digest, breakAfter: 100_000).Serve(File, Digest, breakAfter: 50_000).Serve(File, Digest);
        ModelArrival arrival = await OfferAsync(Manifest("1.1", Digest, File.Length));
        Assert.True(arrival.IsFetched, arrival.Reason);
        ModelDescription model = Assert.Single(_updates.Models.Store.List());
        Assert.Equal(File, _updates.Models.Store.Read(model).ToArray());
        Assert.Equal(4, _server.Asked.Count);
        Assert.Equal("/api/v1/models/gust/1.1", _server.Asked[0]);
        Assert.Matches(@"^/api/v1/models/gust/1\.1 bytes=[1-9]\d+-$", _server.Asked[3]);
        Assert.Equal(["gust-1.1.onnx", "manifest.json"], Directory.GetFiles(_folder["models"]).Select(Path.GetFileName).Order());
    }

    [Fact]
    public async Task A_wrong_digest_a_long_file_and_a_refusal_leave_what_is_here()
    {
        _server.Serve(File, Digest);
        Assert.True((await OfferAsync(Manifest("1.1", Digest, File.Length))).IsFetched);

        byte[] other = [.. File.Reverse()];
        _server.Serve(other, Digest).Serve(other, Digest);
        Refused("does not have the SHA-256", await OfferAsync(Manifest("1.2", Digest[..63] + "0", File.Length)));
        _server.Serve(File, Digest);
        Refused("sends more than the 1000 bytes", await OfferAsync(Manifest("1.2", Digest[..63] + "1", 1000)));
        _server.Status(401);
        Refused("check models.fetch.apiKeyFile", await OfferAsync(Manifest("1.2", Digest[..63] + "2", 1000)));
        _server.Status(302);
        Refused("the server answers 302", await OfferAsync(Manifest("1.2", Digest[..63] + "3", 1000)));
        Refused("versions do not change", await OfferAsync(Manifest("1.1", Digest[..63] + "4", 1000)));
        Assert.Equal("1.1", Assert.Single(_updates.Models.Store.List()).Version);
        Assert.Equal(["gust-1.1.onnx", "manifest.json"], Directory.GetFiles(_folder["models"]).Select(Path.GetFileName).Where(name => !name!.EndsWith(".part", StringComparison.Ordinal)).Order());
    }

    [Theory]
    [InlineData("", "cannot be used")]
    [InlineData("null", "it is null")]
    [InlineData("""{ "models": [ { "name": "other", "version": "1.1", "file": "a", "digest": "D", "length": 3 } ] }""", "under the topic of 'gust'")]
    [InlineData("""{ "models": [ { "name": "gust", "version": "1.1/../..", "file": "a", "digest": "D", "length": 3 } ] }""", "is not a version")]
    [InlineData("""{ "models": [ { "name": "gust", "version": "1.1", "file": "a", "length": 3 } ] }""", "has no SHA-256")]
    [InlineData("""{ "models": [ { "name": "gust", "version": "1.1", "file": "a", "digest": "D", "length": 99999999 } ] }""", "allowed are 1 to 1000000")]
    [InlineData("""{ "models": [ { "name": "gust", "version": "1.1", "file": "a", "digest": "D" } ] }""", "has a length of")]
    [InlineData("""{ "models": [], "withdrawn": [ "all" ] }""", "'all' is not a SHA-256")]
    public async Task A_bad_manifest_is_refused_before_anything_is_fetched(string text, string part)
    {
        Refused(part, await OfferAsync(Encoding.UTF8.GetBytes(text.Replace("\"D\"", $"\"{Digest}\"", StringComparison.Ordinal))));
        Assert.Empty(_server.Asked);
        Assert.Empty(_updates.Models.Store.List());
    }

    [Fact]
    public async Task A_newer_manifest_replaces_one_whose_model_cannot_be_had_and_withdrawals_are_kept()
    {
        var failing = new TaskCompletionSource();
        for (int i = 0; i < 3; i++)
        {
            _server.Answer((_, response) =>
            {
                response.StatusCode = 500;
                failing.TrySetResult();
            });
        }

        _updates.Offer("gust", Manifest("1.1", Digest, File.Length));
        await failing.Task.WaitAsync(Cancel);
        byte[] small = [1, 2, 3];
        string digest = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(small));
        for (int i = 0; i < 8; i++)
        {
            _server.Serve(small, digest);
        }

        ModelArrival arrival = await OfferAsync(Manifest("1.2", digest, 3, Digest));
        Assert.True(arrival.IsFetched, arrival.Reason);
        Assert.Equal("1.2", Assert.Single(_updates.Models.Store.List()).Version);

        // After a restart, too; a file that was damaged meanwhile is fetched again.
        Assert.Equal([Digest], FetchedModels.Open(_folder["models"], out IReadOnlyList<string> none).Withdrawn);
        Assert.Empty(none);
        await System.IO.File.WriteAllTextAsync(Path.Combine(_folder["models"], "gust-1.2.onnx"), "damaged", Cancel);
        Assert.Empty(FetchedModels.Open(_folder["models"], out IReadOnlyList<string> dropped).Store.List());
        Assert.Equal(["gust-1.2.onnx"], dropped);
        await System.IO.File.WriteAllTextAsync(Path.Combine(_folder["models"], "manifest.json"), "{", Cancel);
        Assert.Empty(FetchedModels.Open(_folder["models"], out dropped).Store.List());
        Assert.Equal(["manifest.json"], dropped);
    }

    private static void Refused(string part, ModelArrival arrival)
    {
        Assert.False(arrival.IsFetched);
        Assert.Contains(part, arrival.Reason, StringComparison.Ordinal);
    }

    private static byte[] Manifest(string version, string digest, long length, params string[] withdrawn) => JsonSerializer.SerializeToUtf8Bytes(
        new ModelManifest
        {
            Models = [new ModelManifestEntry { Name = "gust", Version = version, File = "ignored", Digest = digest, Length = length }],
            Withdrawn = withdrawn.Length == 0 ? null : withdrawn,
        },
        ModelManifestJson.Default.ModelManifest);

    /// <summary>Offers a manifest; completes with what became of it.</summary>
    private async Task<ModelArrival> OfferAsync(byte[] manifest)
    {
        var arrived = new TaskCompletionSource<ModelArrival>(TaskCreationOptions.RunContinuationsAsynchronously);
        int before = _updates.Arrivals.Count;
        void Look()
        {
            if (_updates.Arrivals.Count > before)
            {
                arrived.TrySetResult(_updates.Arrivals[^1]);
            }
        }

        _updates.Changed += Look;
        _updates.Offer("gust", manifest);
        ModelArrival arrival = await arrived.Task.WaitAsync(Cancel);
        _updates.Changed -= Look;
        return arrival;
    }

    private ModelUpdates Open() => new(
        new ModelFetchOptions
        {
            Server = _server.Address,
            Names = ["gust"],
            MaxBytes = 1_000_000,
            Backoff = new BackoffOptions { InitialSeconds = 0.01, MaxSeconds = 0.02 },
        },
        _folder.Path, FetchedModels.Open(_folder["models"], out _), TimeProvider.System, 1, NullLogger.Instance);
}

using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Sensing.CloudIngest.Configuration;
using Sensing.CloudIngest.Models;
using Sensing.CloudIngest.Tests.Support;
using Sensing.Testing;

namespace Sensing.CloudIngest.Tests.Models;

/// <summary>Models over HTTP.</summary>
public sealed class ModelApiTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Files_have_their_digest_as_etag_and_are_served_in_ranges()
    {
        await using RunningCloud cloud = await StartAsync();
        var registry = cloud.Services.GetRequiredService<ModelRegistry>();
        byte[] bytes = [.. Enumerable.Range(0, 1000).Select(i => (byte)i)];
        RegisteredModel model = registry.Add("gust", "1.1", bytes);
        registry.Publish("gust", "1.1");

        JsonElement[] listed = (await cloud.Http.GetFromJsonAsync<JsonElement[]>("/api/v1/models", Cancel))!;
        Assert.Equal("published", Assert.Single(listed).GetProperty("state").GetString());
        JsonElement manifest = await cloud.Http.GetFromJsonAsync<JsonElement>("/api/v1/models/gust", Cancel);
        Assert.Equal(model.Digest, manifest.GetProperty("models")[0].GetProperty("digest").GetString());

        using HttpResponseMessage whole = await cloud.Http.GetAsync("/api/v1/models/gust/1.1", Cancel);
        Assert.Equal(bytes, await whole.Content.ReadAsByteArrayAsync(Cancel));
        Assert.Equal($"\"{model.Digest}\"", whole.Headers.ETag!.Tag);

        using HttpResponseMessage rest = await GetAsync(cloud, request => (request.Headers.Range, request.Headers.IfRange) =
            (new RangeHeaderValue(600, null), new RangeConditionHeaderValue(whole.Headers.ETag)));
        Assert.Equal(HttpStatusCode.PartialContent, rest.StatusCode);
        Assert.Equal(bytes[600..], await rest.Content.ReadAsByteArrayAsync(Cancel));

        using HttpResponseMessage other = await GetAsync(cloud, request => (request.Headers.Range, request.Headers.IfRange) =
            (new RangeHeaderValue(600, null), new RangeConditionHeaderValue(new EntityTagHeaderValue("\"another\""))));
        Assert.Equal(HttpStatusCode.OK, other.StatusCode);

        using HttpResponseMessage known = await GetAsync(cloud, request => request.Headers.IfNoneMatch.Add(whole.Headers.ETag));
        Assert.Equal(HttpStatusCode.NotModified, known.StatusCode);

        foreach (string path in new[] { "gust/1.2", "gust/..%2f..%2fregistry.json", "other", "..%2fregistry" })
        {
            using HttpResponseMessage missing = await cloud.Http.GetAsync($"/api/v1/models/{path}", Cancel);
            Assert.Equal(HttpStatusCode.NotFound, missing.StatusCode);
        }
    }

    [Fact]
    public async Task Keys_and_names_of_the_query_api_hold_for_models_too()
    {
        await File.WriteAllTextAsync(_folder["keys"], "secret\n", Cancel);
        await using (RunningCloud locked = await StartAsync(http => http with { ApiKeyFile = _folder["keys"] }))
        {
            foreach (string path in new[] { "", "/gust", "/gust/1.1" })
            {
                using HttpResponseMessage refused = await locked.Http.GetAsync($"/api/v1/models{path}", Cancel);
                Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);
            }
        }

        await using RunningCloud open = await StartAsync();
        using var foreign = new HttpRequestMessage(HttpMethod.Get, "/api/v1/models") { Headers = { Host = "rebound.example" } };
        using HttpResponseMessage wrong = await open.Http.SendAsync(foreign, Cancel);
        Assert.Equal(HttpStatusCode.BadRequest, wrong.StatusCode);
    }

    [Fact]
    public async Task More_downloads_than_allowed_are_put_off()
    {
        await using RunningCloud cloud = await StartAsync();
        cloud.Services.GetRequiredService<ModelRegistry>().Add("gust", "1.1", "model"u8.ToArray());
        var downloads = cloud.Services.GetRequiredService<ModelDownloads>();
        for (int i = 0; i < 2; i++)
        {
            Assert.True(downloads.TryBegin());
        }

        using (HttpResponseMessage busy = await GetAsync(cloud, _ => { }))
        {
            Assert.Equal((HttpStatusCode.ServiceUnavailable, TimeSpan.FromSeconds(5)), (busy.StatusCode, busy.Headers.RetryAfter!.Delta));
        }

        downloads.End();
        for (int i = 0; i < 3; i++)
        {
            using HttpResponseMessage free = await GetAsync(cloud, _ => { });
            Assert.Equal(HttpStatusCode.OK, free.StatusCode);
        }
    }

    [Fact]
    public async Task Without_a_folder_there_is_nothing_of_models()
    {
        await using RunningCloud cloud = await RunningCloud.StartAsync(Cancel);
        using HttpResponseMessage missing = await cloud.Http.GetAsync("/api/v1/models", Cancel);
        Assert.Equal(HttpStatusCode.NotFound, missing.StatusCode);
    }

    private static async Task<HttpResponseMessage> GetAsync(RunningCloud cloud, Action<HttpRequestMessage> change)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/models/gust/1.1");
        change(request);
        return await cloud.Http.SendAsync(request, Cancel);
    }

    private Task<RunningCloud> StartAsync(Func<HttpOptions, HttpOptions>? change = null) => RunningCloud.StartAsync(Cancel, options => options with
    {
        Http = change?.Invoke(options.Http) ?? options.Http,
        Models = new ModelOptions { Directory = _folder["registry"], MaxDownloads = 2 },
    });
}

using System.Net;
using System.Net.Http.Headers;
using Sensing.Dashboards.Tests.Api;

namespace Sensing.Dashboards.Tests.Pages;

/// <summary>How the pages are sent.</summary>
public sealed class PageFilesTests : IAsyncLifetime
{
    private readonly ScriptedApi _server = new();
    private readonly HttpClient _client = new(new SocketsHttpHandler { UseProxy = false });

    public async ValueTask InitializeAsync()
    {
        await _server.StartAsync();
        _client.BaseAddress = _server.Address;
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _server.DisposeAsync();
    }

    [Theory]
    [InlineData("/", "text/html")]
    [InlineData("/fibre", "text/html")]
    [InlineData("/lib/app.js", "text/javascript")]
    [InlineData("/lib/style.css", "text/css")]
    [InlineData("/early.js", "text/javascript")]
    [InlineData("/favicon.svg", "image/svg+xml")]
    [InlineData("/dashboard/places.json", "application/json")]
    public async Task Every_file_is_sent_with_its_type_and_a_strict_policy(string path, string type)
    {
        using HttpResponseMessage answer = await _client.GetAsync(path, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(type, answer.Content.Headers.ContentType?.MediaType);
        Assert.Equal("nosniff", Assert.Single(answer.Headers.GetValues("X-Content-Type-Options")));
        string policy = Assert.Single(answer.Headers.GetValues("Content-Security-Policy"));
        Assert.StartsWith("default-src 'none'; script-src 'self'; style-src 'self';", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_the_browser_has_is_not_sent_again()
    {
        using HttpResponseMessage first = await _client.GetAsync("/lib/style.css", TestContext.Current.CancellationToken);
        using var again = new HttpRequestMessage(HttpMethod.Get, "/lib/style.css");
        again.Headers.IfNoneMatch.Add(first.Headers.ETag!);

        using HttpResponseMessage second = await _client.SendAsync(again, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.NotModified, second.StatusCode);
        Assert.Empty(await second.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_script_travels_compressed_and_is_the_same_when_unpacked()
    {
        byte[] plain = await _client.GetByteArrayAsync("/lib/app.js", TestContext.Current.CancellationToken);
        using var request = new HttpRequestMessage(HttpMethod.Get, "/lib/app.js");
        request.Headers.AcceptEncoding.Add(new StringWithQualityHeaderValue("gzip"));

        using HttpResponseMessage packed = await _client.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal("gzip", Assert.Single(packed.Content.Headers.ContentEncoding));
        Assert.True(packed.Content.Headers.ContentLength < plain.Length / 2, $"{packed.Content.Headers.ContentLength} of {plain.Length} bytes");
        using var unpacked = new MemoryStream();
        await using var gzip = new System.IO.Compression.GZipStream(
            await packed.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken), System.IO.Compression.CompressionMode.Decompress);
        await gzip.CopyToAsync(unpacked, TestContext.Current.CancellationToken);
        Assert.Equal(plain, unpacked.ToArray());
    }

    [Theory]
    [InlineData("/nothing")]
    [InlineData("/lib/")]
    [InlineData("/pages.json")]
    [InlineData("/index.html")]
    [InlineData("/fibre.html")]
    public async Task What_is_no_file_of_the_pages_is_not_found(string path)
    {
        using HttpResponseMessage answer = await _client.GetAsync(path, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    [Fact]
    public async Task No_page_asks_another_host_for_anything()
    {
        foreach (string path in new[] { "/", "/fibre", "/lib/style.css" })
        {
            string text = await _client.GetStringAsync(path, TestContext.Current.CancellationToken);

            Assert.DoesNotMatch(@"(src|href)=""(https?:)?//", text);
            Assert.DoesNotMatch(@"url\(\s*[""']?(https?:)?//", text);
        }
    }
}

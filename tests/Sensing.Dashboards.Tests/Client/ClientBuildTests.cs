using System.Text.Json;
using Sensing.Testing;

namespace Sensing.Dashboards.Tests.Client;

/// <summary>Which pages a build of the client takes, and what it refuses.</summary>
public sealed class ClientBuildTests : IDisposable
{
    private const string Good = """
        export const title = "Extra";
        export const key = "8";
        export const eventTypes = ["sensing.extra.fact.v1"];
        export function mount() {}
        """;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_page_folder_elsewhere_becomes_a_page_in_the_order_of_its_key()
    {
        (int code, string errors) = await BuildAsync(Good);

        Assert.True(code == 0, errors);
        using JsonDocument list = JsonDocument.Parse(File.ReadAllText(Path.Combine(_folder["out"], "pages.json")));
        Assert.Equal(["overview", "fibre", "junction", "boat", "drones", "extra"], list.RootElement.GetProperty("pages").EnumerateArray().Select(p => p.GetProperty("name").GetString()));
        string shell = File.ReadAllText(Path.Combine(_folder["out"], "extra.html"));
        Assert.Contains("<h1>Extra</h1>", shell, StringComparison.Ordinal);
        Assert.Contains("""<a href="/extra" aria-current="page">Extra</a>""", shell, StringComparison.Ordinal);
        Assert.Contains("""<a href="/extra">Extra</a>""", File.ReadAllText(Path.Combine(_folder["out"], "index.html")), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("export const key = \"8\";", "", "export 'key'")]
    [InlineData("\"8\"", "\"2\"", "pages 'fibre' and 'extra' both have the key 2")]
    [InlineData("\"8\"", "8", "key must be a digit from \"1\" to \"9\", not 8")]
    [InlineData("\"Extra\"", "\"\"", "title must be a text")]
    [InlineData("sensing.extra.fact.v1", "extra", "eventTypes must be one or more names like")]
    [InlineData("\"Extra\"", "document.title", "title, key and eventTypes must be constants that need no browser")]
    [InlineData("mount() {}", "mount() {", "the client cannot be bundled")]
    public async Task A_page_that_lacks_something_is_refused_with_a_reason(string text, string instead, string reason)
    {
        (int code, string errors) = await BuildAsync(Good.Replace(text, instead, StringComparison.Ordinal));

        Assert.Equal(1, code);
        Assert.Contains(" : error SENSING0003: ", errors, StringComparison.Ordinal);
        Assert.Contains(reason, errors, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_folder["out"]), "a refused build writes nothing");
    }

    [Theory]
    [InlineData("api", "the server uses the address /api itself")]
    [InlineData("Weather", "the name must be 1 to 32 of a-z")]
    [InlineData("fibre", "page 'fibre' is in ")]
    public async Task A_name_that_cannot_be_an_address_is_refused(string name, string reason)
    {
        (int code, string errors) = await BuildAsync(Good, name);

        Assert.Equal(1, code);
        Assert.Contains(reason, errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_page_elsewhere_is_checked_like_the_client_s_own()
    {
        (int good, string errors) = await ClientBuild.CheckAsync("--page", $"tide={ClientBuild.TidePage}");
        Assert.True(good == 0, errors);

        Directory.CreateDirectory(_folder["page"]);
        await File.WriteAllTextAsync(Path.Combine(_folder["page"], "page.js"), $$"""
            {{Good}}
            import { number } from "@sensing/client/core/format.js";
            import { mountFibre } from "@sensing/client/pages/fibre/fibre.js";
            export const text = number("seven") + mountFibre;
            """, TestContext.Current.CancellationToken);
        (int bad, errors) = await ClientBuild.CheckAsync("--page", $"extra={_folder["page"]}");

        Assert.Equal(1, bad);
        Assert.Matches(@"page\.js\(\d+,\d+\): error TS2345: Argument of type 'string' is not assignable to parameter of type 'number", errors);
        Assert.Matches(@"page\.js\(\d+,\d+\): error no-restricted-imports: .*never another page", errors);
    }

    [Fact]
    public async Task A_folder_that_holds_something_else_is_not_emptied()
    {
        Directory.CreateDirectory(_folder["out"]);
        await File.WriteAllTextAsync(Path.Combine(_folder["out"], "thesis.txt"), "precious", TestContext.Current.CancellationToken);

        (int code, string errors) = await BuildAsync(Good);

        Assert.Equal(1, code);
        Assert.Contains("the folder holds something else", errors, StringComparison.Ordinal);
        Assert.Equal("precious", await File.ReadAllTextAsync(Path.Combine(_folder["out"], "thesis.txt"), TestContext.Current.CancellationToken));
    }

    private async Task<(int ExitCode, string Errors)> BuildAsync(string module, string name = "extra")
    {
        Directory.CreateDirectory(_folder["page"]);
        await File.WriteAllTextAsync(Path.Combine(_folder["page"], "page.js"), module, TestContext.Current.CancellationToken);
        return await ClientBuild.BuildAsync("--page", $"{name}={_folder["page"]}", "--out", _folder["out"]);
    }
}

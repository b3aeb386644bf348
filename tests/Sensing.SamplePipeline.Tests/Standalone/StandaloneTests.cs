using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Sensing.Events;
using Sensing.SamplePipeline.Events;
using Sensing.Testing;
using Sensing.Testing.Browser;

[assembly: AssemblyFixture(typeof(ChromiumFixture))]

namespace Sensing.SamplePipeline.Tests.Standalone;

/// <summary>From the sensor to the page: recording, pipeline, model, outbox, broker, store, query API, browser.</summary>
/// <remarks>No file of the tiers knows the module.</remarks>
[TimeLimit(minutes: 3, reason: "Builds a client and starts the whole; 15 s on two idle cores.")]
public sealed partial class StandaloneTests(ReplayedStation station, ChromiumFixture chromium) : IClassFixture<ReplayedStation>
{
    private static readonly string Reading = WeatherEvents.Reading.Name.ToString();
    private static readonly string Gust = WeatherEvents.Gust.Name.ToString();

    /// <summary>What the summaries must be, computed from the recording.</summary>
    private static readonly (DateTimeOffset End, double TemperatureC, double WindMs)[] Expected =
    [
        .. Enumerable.Range(0, ReplayedStation.Seconds).Select(Station.Reading)
            .GroupBy(reading => (int)(reading.Time - Station.Start).TotalMinutes)
            .Select(minute => (Station.Start.AddMinutes(minute.Key + 1),
                Math.Round(minute.Average(reading => reading.TemperatureC), 2), Math.Round(minute.Average(reading => reading.WindMs), 2))),
    ];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_event_is_in_the_store_once_with_its_outlook()
    {
        JsonElement[] readings = await ItemsAsync($"/api/v1/events?type={Reading}&order=asc&limit=1000");
        JsonElement[] gusts = await ItemsAsync($"/api/v1/events?type={Gust}&order=asc&limit=1000");

        Assert.Equal(
            Expected.Select(minute => (EventTime.Format(minute.End), minute.TemperatureC, minute.WindMs)),
            readings.Select(item => (item.GetProperty("time").GetString()!, Number(item, "temperatureC"), Number(item, "windMs"))));
        Assert.Equal(8, gusts.Length);
        Assert.All(gusts, gust =>
        {
            double mean = Number(gust, "meanWindMs");
            Assert.Equal(Math.Round(mean + (0.9 * (Number(gust, "peakMs") - mean)), 2), Number(gust, "outlookMs"));
        });
        Assert.All(readings.Concat(gusts), item => Assert.Equal(ReplayedStation.Source, item.GetProperty("source").GetString()));

        static double Number(JsonElement item, string name) => item.GetProperty("data").GetProperty(name).GetDouble();
    }

    [Fact]
    public async Task Roll_ups_have_both_measures()
    {
        JsonElement[] rollups = await ItemsAsync($"/api/v1/rollups?type={Reading}&step=15m");

        var quarters = Expected.GroupBy(minute => minute.End.UtcTicks / TimeSpan.FromMinutes(15).Ticks).ToArray();
        Assert.Equal(3, quarters.Length);
        Assert.Equal(quarters.Length, rollups.Length);
        Assert.All(quarters.Zip(rollups, (quarter, item) => (quarter, item)), pair =>
        {
            Assert.Equal(pair.quarter.Count(), pair.item.GetProperty("count").GetInt64());
            AssertMeasure([.. pair.quarter.Select(minute => minute.TemperatureC)], pair.item.GetProperty("temperatureC"));
            AssertMeasure([.. pair.quarter.Select(minute => minute.WindMs)], pair.item.GetProperty("windMs"));
        });
    }

    [Fact]
    public async Task The_types_are_listed_with_titles_measures_and_the_retention_that_the_module_declares()
    {
        JsonElement family = (await station.Standalone.ReadAsync("/api/v1/types", Cancellation)).EnumerateArray()
            .Single(item => item.GetProperty("name").GetString() == "weather");
        JsonElement[] types = [.. family.GetProperty("types").EnumerateArray()];

        Assert.Equal("Weather", family.GetProperty("title").GetString());
        Assert.Equal([Gust, Reading], types.Select(type => type.GetProperty("type").GetString()));
        Assert.Equal(["alarm", "telemetry"], types.Select(type => type.GetProperty("priority").GetString()));

        // A gust asks for nothing: it is kept for a year.
        Assert.Equal([365 * 24, 30 * 24], types.Select(type => type.GetProperty("retentionHours").GetDouble()));
        Assert.Equal(
            ["temperatureC", "windMs"],
            types[1].GetProperty("measures").EnumerateArray().Select(measure => measure.GetProperty("property").GetString()));
    }

    [Theory]
    [InlineData(1440, 1000, "desktop")]
    [InlineData(390, 844, "phone")]
    public async Task The_page_shows_readings_and_gusts(int width, int height, string name)
    {
        await using WatchedPage watched = await OpenAsync(width, height);
        IPage page = watched.Page;
        await page.GotoAsync(new Uri(station.Standalone.Page, "/weather").ToString());
        await page.WaitForSelectorAsync("#temperature[data-state=ok]");
        await page.WaitForSelectorAsync("#wind[data-state=ok]");

        await Assertions.Expect(page.Locator("nav a[aria-current]")).ToHaveTextAsync("Weather");
        await Assertions.Expect(page.Locator("#stream")).ToHaveValueAsync(ReplayedStation.Source);
        await Assertions.Expect(page.Locator("#replay")).ToBeVisibleAsync();
        await Assertions.Expect(page.Locator("#gusts tbody tr")).ToHaveCountAsync(8);
        await Assertions.Expect(page.Locator("#gusts tbody tr td:nth-child(5)").First).ToHaveTextAsync(Outlook());
        Assert.Equal("station, demo – Weather – Sensing", await page.TitleAsync());
        await Screenshot.SaveAsync(page, $"weather-{name}");
        Assert.True(await page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= innerWidth"), "The page scrolls sideways.");

        await page.ClickAsync("#temperature button[title='Show as table']");
        await Assertions.Expect(page.Locator("#temperature tbody tr")).ToHaveCountAsync(Expected.Length);
        (DateTimeOffset end, double temperature, double wind) = Expected[^1];
        await Assertions.Expect(page.Locator("#temperature tbody tr").First.Locator("td")).ToContainTextAsync(
            [EventTime.Format(end), FormattableString.Invariant($"{temperature}"), FormattableString.Invariant($"{wind}"), ""]);
        Assert.Empty(watched.Troubles());
    }

    [Fact]
    public async Task A_long_range_is_read_from_roll_ups()
    {
        await using WatchedPage watched = await chromium.OpenAsync();
        IPage page = watched.Page;
        await page.GotoAsync(new Uri(station.Standalone.Page, "/weather?range=2025-12-30T00:00:00Z,2026-01-03T00:00:00Z").ToString());
        await page.WaitForSelectorAsync("#temperature[data-state=ok]");

        await page.ClickAsync("#temperature button[title='Show as table']");
        await Assertions.Expect(page.Locator("#temperature tbody tr")).ToHaveCountAsync(1);
        await Assertions.Expect(page.Locator("#temperature tbody tr td").First).ToHaveTextAsync("2026-01-01T01:00:00Z");
        Assert.Empty(watched.Troubles());
    }

    [Theory]
    [InlineData(1440, 1000, "desktop")]
    [InlineData(390, 844, "phone")]
    public async Task The_overview_shows_the_card_and_leads_to_the_page(int width, int height, string name)
    {
        await using WatchedPage watched = await OpenAsync(width, height);
        IPage page = watched.Page;
        await page.GotoAsync(station.Standalone.Page.ToString());
        await page.WaitForSelectorAsync("#card-weather[data-state=ok]");

        await Assertions.Expect(page.Locator("#card-weather tbody tr")).ToHaveCountAsync(1);
        await Assertions.Expect(page.Locator("#card-weather tbody")).ToContainTextAsync("demo / station");
        double strongest = Enumerable.Range(0, ReplayedStation.Seconds).Max(second => Station.Reading(second).WindMs);
        await Assertions.Expect(page.Locator("#figures > div", new() { HasText = "Strongest gust today" }))
            .ToContainTextAsync(FormattableString.Invariant($"{strongest:F1}"));
        await Screenshot.SaveAsync(page, $"weather-overview-{name}");
        Assert.True(await page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= innerWidth"), "The page scrolls sideways.");

        await page.ClickAsync("#card-weather a");
        await page.WaitForSelectorAsync("#temperature[data-state=ok]");
        await Assertions.Expect(page).ToHaveURLAsync(new Uri(station.Standalone.Page, $"/weather?source={ReplayedStation.Source}").ToString());
        Assert.Empty(watched.Troubles());
    }

    [Fact]
    public async Task Readings_arrive_while_one_looks()
    {
        using var folder = new TemporaryFolder();
        await File.WriteAllTextAsync(folder["node.json"], """
            {
              "site": "harbour", "node": "mast-1",
              "streams": [{ "name": "pier", "pace": "60x", "source": { "type": "synthetic", "seed": 3 }, "weather": {} }]
            }
            """, Cancellation);
        await using WatchedPage watched = await chromium.OpenAsync();
        await using RunningStandalone live = await RunningStandalone.StartAsync(
            folder["data"], ["--client", station.Client, "--config", folder["node.json"]], Cancellation);
        IPage page = watched.Page;
        await page.GotoAsync(new Uri(live.Page, "/weather").ToString());
        await page.WaitForSelectorAsync("#temperature[data-state=ok]", new() { Timeout = 60_000 });
        await page.ClickAsync("#temperature button[title='Show as table']");

        // One reading a second at this pace; all of these came after the page had been read.
        int before = await page.Locator("#temperature tbody tr").CountAsync();
        await page.WaitForFunctionAsync(
            "before => document.querySelectorAll('#temperature tbody tr').length >= before + 3", before, new() { Timeout = 60_000 });
        Assert.Empty(watched.Troubles());
    }

    private async Task<JsonElement[]> ItemsAsync(string path) =>
        [.. (await station.Standalone.ReadAsync(path, Cancellation)).GetProperty("items").EnumerateArray()];

    private Task<WatchedPage> OpenAsync(int width, int height) => chromium.OpenAsync(
        new BrowserNewContextOptions { ViewportSize = new ViewportSize { Width = width, Height = height } });

    private static void AssertMeasure(double[] expected, JsonElement measure)
    {
        Assert.Equal(expected.Length, measure.GetProperty("count").GetInt64());
        Assert.Equal(expected.Average(), measure.GetProperty("mean").GetDouble(), 9);
        Assert.Equal(expected.Min(), measure.GetProperty("min").GetDouble());
        Assert.Equal(expected.Max(), measure.GetProperty("max").GetDouble());
    }

    [GeneratedRegex(@"^1\d\.\d$")]
    private static partial Regex Outlook();
}

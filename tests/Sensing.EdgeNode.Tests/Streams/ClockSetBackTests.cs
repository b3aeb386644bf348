using System.Text.Json.Nodes;
using Microsoft.Extensions.Time.Testing;
using Sensing.Configuration;
using Sensing.EdgeNode.Configuration;
using Sensing.EdgeNode.TestNode;
using Sensing.Events;
using Sensing.Modules;
using Sensing.Streams;

namespace Sensing.EdgeNode.Tests.Streams;

public class ClockSetBackTests
{
    private static readonly ModuleCatalogue Modules = NodeCatalogue.Create();

    public static TheoryData<string> Demos => [.. Modules.Modules.SelectMany(module => module.Demos)
        .Where(demo => demo.Source(true).ContainsKey("live")).Select(demo => demo.Name)];

    [Theory]
    [MemberData(nameof(Demos))]
    public async Task A_live_source_yields_on_after_the_clock_was_set_back_an_hour(string name)
    {
        IPipelineModule module = Modules.Modules.Single(module => module.Demos.Any(demo => demo.Name == name));
        DemoStream demo = module.Demos.Single(demo => demo.Name == name);
        string text = new JsonObject
        {
            ["name"] = "demo",
            ["source"] = demo.Source(true),
            [module.Name] = demo.Options(),
        }.ToJsonString();
        ConfigurationResult<StreamOptions> bound =
            new OptionsBinder(Modules.Streams).Bind<StreamOptions>((JsonObject)JsonNode.Parse(text)!);
        Assert.Empty(bound.Problems);
        TimeSpan step = TimeSpan.Zero;
        var time = new FakeTimeProvider(EventMaker.Noon);
        var context = new StreamContext(new StreamAddress("site", "node", "demo"), new SteppedClock(time, () => step),
            Path.GetTempPath());
        await Modules.Streams.Visit(bound.Value!.Source!, bound.Value.Pipeline!, context,
            new Reader(time, () => step = TimeSpan.FromHours(-1)));
    }

    private sealed class Reader(FakeTimeProvider time, Action setBack) : IStreamVisitor<Task>
    {
        public async Task Visit<TSample>(StreamParts<TSample> stream)
            where TSample : class, ITimed
        {
            await using ISource<TSample> source = stream.OpenSource();
            await using IAsyncEnumerator<SourceItem<TSample>> items = source.ReadAsync(null,
                CancellationToken.None).GetAsyncEnumerator();
            for (int item = 0; item < 8; item++)
            {
                if (item == 3)
                {
                    setBack();
                }

                Task<bool> next = items.MoveNextAsync().AsTask();
                for (int seconds = 0; seconds < 20 && !next.IsCompleted; seconds++)
                {
                    time.Advance(TimeSpan.FromSeconds(1));
                    await Task.WhenAny(next, Task.Delay(
                        TimeSpan.FromMilliseconds(50), TimeProvider.System, TestContext.Current.CancellationToken));
                }

                Assert.True(next.IsCompleted, $"item {item} has not come within 20 s of the source's time");
                Assert.True(await next);
                (items.Current.Sample as IDisposable)?.Dispose();
            }
        }
    }
}

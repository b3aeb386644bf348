using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Sensing.CloudIngest.Commands;
using Sensing.CloudIngest.Configuration;
using Sensing.CloudIngest.Log;
using Sensing.CloudIngest.Models;
using Sensing.CloudIngest.Tests.Support;
using Sensing.Events;
using Sensing.Models;
using Sensing.Testing;

namespace Sensing.CloudIngest.Tests.Models;

/// <summary>From windows over labels to a published model.</summary>
public sealed class RefinementTests : IDisposable
{
    private static readonly StreamAddress Stream = new("site", "node", "mast");

    private readonly TemporaryFolder _folder = new();
    private readonly GustTraining _training = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Labels_that_come_through_the_commands_train_a_model_that_is_published_where_it_is_better()
    {
        await using RunningCloud cloud = await StartAsync();
        await cloud.Store.AppendAsync([.. Enumerable.Range(0, 5).Select(Window)], [], Cancel);
        await File.WriteAllTextAsync(_folder["cloud.json"], $$"""{ "models": { "directory": "{{_folder["registry"]}}" } }""", Cancel);

        Assert.Equal(0, await RunAsync("windows", _folder["cloud.json"], "gust", "--server", cloud.Http.BaseAddress!.ToString(), "--out", _folder["a.csv"]));
        string[] lines = await File.ReadAllLinesAsync(_folder["a.csv"], Cancel);
        Assert.Equal("source,id,label,time,says", lines[0]);
        Assert.Equal(6, lines.Length);
        Assert.EndsWith(",said; of {\"n\":4}", lines[1], StringComparison.Ordinal);

        string[] filled = [lines[0], .. lines[1..4].Select(line => line.Replace(",,", ",squall,", StringComparison.Ordinal)), .. lines[4..]];
        await File.WriteAllLinesAsync(_folder["a.csv"], filled, Cancel);
        var refinement = cloud.Services.GetRequiredService<ModelRefinement>();
        Assert.False(refinement.IsDue(_training));
        Assert.Equal(0, await RunAsync("label", _folder["cloud.json"], "gust", _folder["a.csv"]));
        Assert.True(refinement.IsDue(_training));

        // What was labelled is not asked for again.
        Assert.Equal(0, await RunAsync("windows", _folder["cloud.json"], "gust", "--server", cloud.Http.BaseAddress!.ToString(), "--out", _folder["b.csv"]));
        Assert.Equal(3, (await File.ReadAllLinesAsync(_folder["b.csv"], Cancel)).Length);

        (_, RegisteredModel? first) = await refinement.RunAsync(_training, Cancel);
        Assert.Equal(("1.4", RegistryState.Published), (first!.Version, first.State));
        var registry = cloud.Services.GetRequiredService<ModelRegistry>();
        Assert.Equal("old|squall {\"n\":2}|squall {\"n\":3}|squall {\"n\":4}", Encoding.UTF8.GetString(registry.Read(first)));
        Assert.False(refinement.IsDue(_training));

        _training.IsBetter = false;
        (_, RegisteredModel? second) = await refinement.RunAsync(_training, Cancel);
        Assert.Equal(("1.5", RegistryState.Rejected), (second!.Version, second.State));
        Assert.Equal("1.4", registry.Published("gust")!.Version);
        Assert.Equal(0, await RunAsync("list", _folder["cloud.json"]));
        Assert.Equal(0, await RunAsync("publish", _folder["cloud.json"], "gust", "1.5"));
        Assert.Equal(0, await RunAsync("revert", _folder["cloud.json"], "gust"));
        Assert.Equal("1.4", registry.Published("gust")!.Version);
    }

    [Fact]
    public async Task The_job_of_a_running_tier_trains_once_enough_is_labelled()
    {
        var time = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        await using RunningCloud cloud = await StartAsync(time);
        await cloud.Store.AppendAsync([.. Enumerable.Range(0, 3).Select(Window)], [], Cancel);
        var registry = cloud.Services.GetRequiredService<ModelRegistry>();
        Task changed = registry.Changed;
        new ModelLabels(registry).Add(_training, [.. Enumerable.Range(0, 3).Select(i => new LabelLine(Stream.Source, $"id-{i}", "breeze"))]);
        time.Advance(TimeSpan.FromSeconds(30));
        while (registry.Published("gust") is null)
        {
            await changed.WaitAsync(Cancel);
            changed = registry.Changed;
        }

        Assert.Equal(3, registry.TrainedLabels("gust"));
    }

    [Fact]
    public void An_unknown_label_and_a_file_without_its_columns_are_refused()
    {
        var registry = new ModelRegistry(_folder["registry"], 1024, TimeProvider.System);
        var labels = new ModelLabels(registry);
        Assert.Contains("use one of squall, breeze", Assert.Throws<RegistryException>(
            () => labels.Add(_training, [new LabelLine("s", "1", "squall"), new LabelLine("s", "2", "storm")])).Message, StringComparison.Ordinal);
        Assert.Empty(labels.Read("gust"));

        File.WriteAllText(_folder["a.csv"], "id,label\n1,squall\n");
        Assert.Contains("source, id, label", Assert.Throws<RegistryException>(() => LabelLines.Read(_folder["a.csv"]).ToArray()).Message, StringComparison.Ordinal);
        File.WriteAllText(_folder["a.csv"], "source;id;label;note\n\"s\";1;squall;x\ns;2;;y\n\n");
        Assert.Equal([new LabelLine("s", "1", "squall")], LabelLines.Read(_folder["a.csv"]));
    }

    private static LogRecord Window(int i)
    {
        DateTimeOffset time = new DateTimeOffset(2026, 5, 1, 0, 0, 0, TimeSpan.Zero).AddMinutes(i);
        return new EventRecord(
            new SensorEvent($"id-{i}", Stream, "sensing.weather.gust.v1", time, EventPriority.Telemetry, Encoding.UTF8.GetBytes($$"""{"n":{{i}}}""")), null, time);
    }

    private Task<RunningCloud> StartAsync(TimeProvider? time = null) => RunningCloud.StartAsync(
        Cancel, options => options with { Models = new ModelOptions { Directory = _folder["registry"], TrainAfterLabels = 3 } },
        time: time, add: services => services.AddSingleton<IModelTraining>(_training));

    private Task<int> RunAsync(params string[] arguments) =>
        CloudIngestCommand.Create(Sample.Catalogue, _training).Parse(["models", .. arguments]).InvokeAsync(cancellationToken: Cancel);
}

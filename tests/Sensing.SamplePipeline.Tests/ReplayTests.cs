using System.CommandLine;
using System.Text;
using Sensing.Das;
using Sensing.EdgeNode.Commands;
using Sensing.Events;
using Sensing.Modules;
using Sensing.SamplePipeline.Events;

namespace Sensing.SamplePipeline.Tests;

/// <summary>The real node's commands with one module more.</summary>
public sealed class ReplayTests : IDisposable
{
    private static readonly ModuleCatalogue Modules = new(new DasModule(), new WeatherModule());

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("weather-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task A_recording_is_read_by_its_ending_and_drawn()
    {
        Station.Write(File("station.csv"), 900);
        (int code, string output, string errors) = await RunAsync("replay", File("station.csv"), "--pipeline", "weather", "--plot", File("station.png"));

        Assert.Equal((0, ""), (code, code == 0 ? "" : errors));
        List<SensorEvent> events = Read(output);
        Assert.Equal(15, events.Count(item => item.Type == WeatherEvents.Reading.Name));

        // A gust every 240 s: at 100, 340, 580 and 820 s.
        Assert.Equal(4, events.Count(item => item.Type == WeatherEvents.Gust.Name));
        Assert.Equal(0x89, System.IO.File.ReadAllBytes(File("station.png"))[0]);
    }

    [Fact]
    public async Task Two_pipelines_have_a_synthetic_source_each_and_the_pipeline_chooses()
    {
        (int weather, string output, _) = await RunAsync("replay", "-", "--source", "synthetic", "--pipeline", "weather", "--set", "source.durationSeconds=120");
        (int das, string vehicles, _) = await RunAsync(
            "replay", "-", "--source", "synthetic", "--pipeline", "das", "--set", "source.durationSeconds=30", "--set", "source.channels=40");

        Assert.Equal((0, 0), (weather, das));
        Assert.All(Read(output), item => Assert.Equal("weather", item.Type.Pipeline));
        Assert.All(Read(vehicles), item => Assert.Equal("das", item.Type.Pipeline));
        (int code, _, string errors) = await RunAsync("replay", "-", "--source", "synthetic", "--pipeline", "weather", "--set", "source.channels=40");
        Assert.Equal(78, code);
        Assert.Contains("source.channels: is not known here", errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_run_with_a_model_is_recorded_and_replayed_byte_for_byte_without_the_model()
    {
        WriteModel("1.0", mean: 1, excess: 0.9);
        Station.Write(File("station.csv"), 1900);
        string[] common = ["replay", File("station.csv"), "--pipeline", "weather", "--set", "weather.outlookModel=gust-outlook"];
        (int code, string live, string errors) = await RunAsync([.. common, "--models", File("models"), "--record-effects", File("effects.ndjson")]);
        Assert.Equal((0, ""), (code, code == 0 ? "" : errors));

        Gust[] gusts = [.. Read(live).Where(item => item.Type == WeatherEvents.Gust.Name).Select(WeatherEvents.Gust.Read)];
        Assert.Equal(8, gusts.Length);
        Assert.All(gusts, gust => Assert.Equal(Math.Round(gust.MeanWindMs + (0.9 * (gust.PeakMs - gust.MeanWindMs)), 2), gust.OutlookMs));

        Directory.Delete(File("models"), recursive: true);
        WriteModel("2.0", mean: 5, excess: 5);
        (code, string replayed, errors) = await RunAsync([.. common, "--models", File("models"), "--effects", File("effects.ndjson")]);
        Assert.Equal((0, ""), (code, code == 0 ? "" : errors));
        Assert.Equal(live, replayed);
    }

    [Fact]
    public async Task A_recording_of_another_run_is_refused_with_file_and_line()
    {
        WriteModel("1.0", mean: 1, excess: 0.9);
        Station.Write(File("station.csv"), 1900);
        string[] common = ["replay", File("station.csv"), "--pipeline", "weather", "--set", "weather.outlookModel=gust-outlook", "--models", File("models")];
        Assert.Equal(0, (await RunAsync([.. common, "--record-effects", File("effects.ndjson")])).Code);

        (int code, _, string errors) = await RunAsync([.. common, "--effects", File("effects.ndjson"), "--set", "weather.gustAboveMeanMs=40"]);
        Assert.Equal(1, code);

        // Which of them completed first only the recorded run knows.
        Assert.Matches(
            $"^{System.Text.RegularExpressions.Regex.Escape(File("effects.ndjson"))}, line 2: 'weather.outlook' [0-9]+ completes here, "
                + "but this run has not submitted it. Replay the samples of the run that was recorded, with the same options.",
            errors[errors.IndexOf(File("effects.ndjson"), StringComparison.Ordinal)..]);
    }

    [Fact]
    public async Task A_model_that_does_not_exist_is_named_with_a_remedy()
    {
        Station.Write(File("station.csv"), 10);
        (int code, _, string errors) = await RunAsync("replay", File("station.csv"), "--pipeline", "weather", "--set", "weather.outlookModel=gust-outlook");
        Assert.Equal(1, code);
        Assert.Contains("there is no model gust-outlook. Put its file there and list it in manifest.json", errors, StringComparison.Ordinal);

        WriteModel("1.0", 1, 1);
        (code, _, errors) = await RunAsync(
            "replay", File("station.csv"), "--pipeline", "weather", "--models", File("models"), "--set", "weather.outlookModel=other");
        Assert.Equal(1, code);
        Assert.Contains("there is no model other. Put its file there and list it in manifest.json", errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_bad_line_is_a_notice_and_costs_no_other_line()
    {
        Station.Write(File("station.csv"), 120);
        string[] lines = await System.IO.File.ReadAllLinesAsync(File("station.csv"), TestContext.Current.CancellationToken);
        lines[50] = "2026-01-01T00:00:49Z,warm,3";
        await System.IO.File.WriteAllLinesAsync(File("station.csv"), lines, TestContext.Current.CancellationToken);
        (int code, string output, _) = await RunAsync("replay", File("station.csv"), "--pipeline", "weather");

        Assert.Equal(0, code);
        Assert.Contains("\"position\":\"line 51\"", output, StringComparison.Ordinal);
        Assert.Equal([59, 60], Read(output).Where(item => item.Type == WeatherEvents.Reading.Name).Select(item => WeatherEvents.Reading.Read(item).Readings));
    }

    [Fact]
    public async Task The_help_lists_the_module()
    {
        (_, string output, _) = await RunAsync("replay", "--help");
        Assert.Contains("Name of the pipeline: das, weather.", output, StringComparison.Ordinal);
        Assert.Contains("weather: temperature and wind over time.", output.ReplaceLineEndings(" ").Replace("  ", " ", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    private string File(string name) => Path.Combine(_folder.FullName, name);

    private void WriteModel(string version, double mean, double excess)
    {
        Directory.CreateDirectory(File("models"));
        string model = FormattableString.Invariant($$"""{ "mean": {{mean}}, "excess": {{excess}} }""");
        System.IO.File.WriteAllText(File("models/outlook.json"), model);
        string digest = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(Encoding.UTF8.GetBytes(model)));
        System.IO.File.WriteAllText(File("models/manifest.json"),
            $$"""{ "models": [ { "name": "gust-outlook", "version": "{{version}}", "file": "outlook.json", "digest": "{{digest}}" } ] }""");
    }

    private static List<SensorEvent> Read(string lines) => [.. lines.Split('\n', StringSplitOptions.RemoveEmptyEntries)
        .Select(line => CloudEventJson.TryRead(Encoding.UTF8.GetBytes(line), Modules.Events, out SensorEvent? read, out string? problem)
            ? read : throw new InvalidDataException(problem))];

    private static async Task<(int Code, string Output, string Errors)> RunAsync(params string[] args)
    {
        using var output = new StringWriter { NewLine = "\n" };
        using var errors = new StringWriter { NewLine = "\n" };
        int code = await EdgeNodeCommand.Create(Modules).Parse(args)
            .InvokeAsync(new InvocationConfiguration { Output = output, Error = errors }, TestContext.Current.CancellationToken);
        return (code, output.ToString(), errors.ToString());
    }
}

using System.CommandLine;
using System.Globalization;
using Sensing.Das;
using Sensing.Das.Events;
using Sensing.EdgeNode.Commands;
using Sensing.Events;
using Sensing.Testing;

namespace Sensing.EdgeNode.Tests.Commands;

public sealed class CalibrateTests(CalibrationRoad road) : IClassFixture<CalibrationRoad>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_sites_own_vehicles_give_classes_that_a_node_then_uses_from_its_first_vehicle_on()
    {
        using var folder = new TemporaryFolder();
        (int code, string output, string errors) = await CalibrationRoad.RunAsync("calibrate", road.Recording, "--out", folder["site.json"], "--plot", folder["site.png"]);
        Assert.True(code == 0, errors);
        string[] lines = output.Split('\n');
        Assert.StartsWith("class  vehicles  amplitude, 1/s  vibration, 1/s  expected error", lines[0], StringComparison.Ordinal);
        string[] small = Words(lines[1]), large = Words(lines[2]);
        Assert.Equal(("small", "large"), (small[0], large[0]));
        Assert.InRange(Number(small[1]) + Number(large[1]), road.Vehicles.Count - 3, road.Vehicles.Count + 3);
        Assert.True(Number(large[2]) > 3 * Number(small[2]));
        Assert.Contains("Half way between the classes, as likely small as large: amplitude ", output, StringComparison.Ordinal);
        Assert.Contains("Read: 420 s of recording", errors, StringComparison.Ordinal);
        Assert.Equal([0x89, 0x50, 0x4E, 0x47], (await File.ReadAllBytesAsync(folder["site.png"], Cancellation))[..4]);
        Assert.Equal(["site.json", "site.png"], Directory.GetFiles(folder.Path).Select(Path.GetFileName).Order(StringComparer.Ordinal));

        // Synthetic trucks are far from cars: the node says so of each vehicle, also of the first, before a mixture could be learnt.
        SiteCalibration calibration = SiteCalibration.Parse(await File.ReadAllTextAsync(folder["site.json"], Cancellation));
        double divide = Math.Pow(10, calibration.Classes!.Divide()[0]);
        List<(SensorEvent Event, VehiclePassage Passage)> vehicles = await NodeAsync(folder["site.json"]);
        Assert.All(vehicles, v => Assert.InRange(v.Passage.ClassProbability, 0.9, 1));
        Assert.InRange(vehicles.Count(v => v.Passage.Class == VehicleClass.Large == v.Passage.Amplitude > divide), vehicles.Count - 2, vehicles.Count);
    }

    [Fact]
    public async Task Labels_by_id_decide_what_a_node_with_the_calibration_reports()
    {
        // A border that no mixture would draw: through the middle of the small vehicles.
        using var folder = new TemporaryFolder();
        double[] amplitudes = [.. road.Vehicles.Where(v => v.Passage.Amplitude < 3e-6).Select(v => v.Passage.Amplitude).Order()];
        double border = amplitudes[amplitudes.Length / 2];
        await File.WriteAllLinesAsync(folder["labels.csv"],
            ["# by the amplitude", "id,class", .. road.Vehicles.Select(v => $"{v.Event.Id},{(v.Passage.Amplitude > border ? "large" : "small")}")], Cancellation);
        (int code, string output, string errors) = await CalibrationRoad.RunAsync(
            "calibrate", road.Recording, "--labels", folder["labels.csv"], "--events", road.EventFile, "--out", folder["site.json"]);
        Assert.True(code == 0, errors);
        Assert.Contains("wrong when left out", output, StringComparison.Ordinal);

        List<(SensorEvent Event, VehiclePassage Passage)> vehicles = await NodeAsync(folder["site.json"]), without = await NodeAsync(null);

        // The classes overlap at such a border: what is clear of it must follow the labels.
        double Agreeing(List<(SensorEvent Event, VehiclePassage Passage)> of)
        {
            VehiclePassage[] clear = [.. of.Select(v => v.Passage).Where(p => p.Amplitude > 1.5 * border || p.Amplitude < border / 1.5)];
            return clear.Count(p => p.Class == VehicleClass.Large == p.Amplitude > border) / (double)clear.Length;
        }

        Assert.InRange(Agreeing(without), 0.3, 0.8);
        Assert.InRange(Agreeing(vehicles), 0.9, 1);
    }

    [Fact]
    public async Task Labels_by_time_and_direction_match_and_those_without_a_vehicle_are_counted()
    {
        using var folder = new TemporaryFolder();
        await File.WriteAllLinesAsync(folder["labels.csv"],
        [
            "direction,seen by,time,class", "",
            .. road.Vehicles.Select(v => $"{v.Passage.Direction},me,{v.Event.Time:O},{(v.Passage.Amplitude > 4e-6 ? "LARGE" : "small")}"), ",me,2026-01-01T05:00:00Z,rail",
        ], Cancellation);
        (int code, string output, string errors) = await CalibrationRoad.RunAsync(
            "calibrate", road.Recording, "--labels", folder["labels.csv"], "--out", folder["site.json"], "--plot", folder["site.svg"]);
        Assert.True(code == 0, errors);
        Assert.Contains($" of the {road.Vehicles.Count + 1} labels match no vehicle that was found; they are left out.", output, StringComparison.Ordinal);
        Assert.Equal("0", Words(output.Split('\n')[1])[6]);
        Assert.Contains("small, as labelled (", await File.ReadAllTextAsync(folder["site.svg"], Cancellation), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_cannot_give_a_calibration_says_why_and_writes_nothing()
    {
        using var folder = new TemporaryFolder();
        await FailsAsync("vehicles were found; 20 are needed to tell classes apart. Record longer", "--seconds", "25");
        await FailsAsync("No vehicle was found in the recording. Check das.fromM", "--seconds", "0.5", "--labels", await LabelsAsync("time,class", "2026-01-01T00:00:01Z,small"));
        await FailsAsync("None of the 1 labels lies within 1 s of one of the", "--labels", await LabelsAsync("time,class", "2026-01-01T05:00:00Z,small"));
        await FailsAsync("labelled vehicles that were found are small: one class alone gives no division. Label more vehicles", "--labels",
            await LabelsAsync(["time,class", .. road.Vehicles.Select(v => $"{v.Event.Time:O},small")]));

        async Task FailsAsync(string message, params string[] more)
        {
            (int code, string _, string errors) = await CalibrationRoad.RunAsync(["calibrate", road.Recording, "--out", folder["site.json"], .. more]);
            Assert.Equal(1, code);
            Assert.Contains(message, errors, StringComparison.Ordinal);
            Assert.False(File.Exists(folder["site.json"]));
        }

        async Task<string> LabelsAsync(params string[] lines)
        {
            await File.WriteAllLinesAsync(folder["labels.csv"], lines, Cancellation);
            return folder["labels.csv"];
        }
    }

    [Fact]
    public async Task Mistakes_are_named_before_anything_is_read_with_file_line_and_remedy()
    {
        using var folder = new TemporaryFolder();
        string labels = folder["labels.csv"];
        await File.WriteAllLinesAsync(labels, ["time,class,direction", "2026-01-01T00:00:01Z,truck", "", "12:30,small", "2026-01-01T00:00:01Z,small,up", "2026-01-01T00:00:09Z"], Cancellation);
        (int code, string _, string errors) = await CalibrationRoad.RunAsync(
            "calibrate", "no-such.h5", "--out", folder["nowhere/site.json"], "--plot", folder["site.gif"], "--labels", labels, "--set", "das.minSpeedKmh=fast");
        Assert.Equal(78, code);
        Assert.Equal(
        [
            "RECORDING: no-such.h5 does not exist: check the path",
            "das.minSpeedKmh: must be a number, not \"fast\"",
            $"--out: {folder["nowhere/site.json"]} cannot be written: its folder is not there",
            $"--plot: {folder["site.gif"]} must end in .png or .svg",
            $"{labels}, line 2: unknown class 'truck'. Write small, large or rail.",
            $"{labels}, line 4: '12:30' is not a time. Write it as 2026-01-01T06:30:12.4Z.",
            $"{labels}, line 5: unknown direction 'up'. Write increasing, decreasing, or nothing.",
            $"{labels}, line 6: unknown class ''. Write small, large or rail.",
        ], errors.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    [Theory]
    [InlineData("vehicle,kind", "line 1: the first line must name the columns 'class' and 'time' or 'id'. Begin the file with a line such as time,class.")]
    [InlineData("id,class\nx,small", "line 1: ids tell nothing without the events that they are of. Name the events' file with --events, or give times.")]
    [InlineData("time,class\n# none", "line 1: there are no labels after the first line. Add a line for each vehicle whose class is known.")]
    [InlineData("", "line 1: the first line must name the columns")]
    public async Task A_label_file_that_is_none_says_what_is_missing(string text, string message)
    {
        using var folder = new TemporaryFolder();
        await File.WriteAllTextAsync(folder["labels.csv"], text, Cancellation);
        (int code, string _, string errors) = await CalibrationRoad.RunAsync("calibrate", road.Recording, "--out", folder["site.json"], "--labels", folder["labels.csv"]);
        Assert.Equal(78, code);
        Assert.StartsWith($"{folder["labels.csv"]}, {message}", errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ids_that_are_in_no_event_and_events_that_are_none_are_named()
    {
        using var folder = new TemporaryFolder();
        await File.WriteAllLinesAsync(folder["labels.csv"], ["id,class", $"{road.Vehicles[0].Event.Id},small", "nobody,large"], Cancellation);
        string[] args = ["calibrate", road.Recording, "--out", folder["site.json"], "--labels", folder["labels.csv"], "--events"];
        (int code, string _, string errors) = await CalibrationRoad.RunAsync([.. args, road.EventFile]);
        Assert.Equal((78, $"{folder["labels.csv"]}, line 3: no vehicle with id 'nobody' in {road.EventFile}. Copy the id from the event, or give the file that it is in."), (code, errors.Trim()));
        (code, _, errors) = await CalibrationRoad.RunAsync([.. args, folder["labels.csv"]]);
        Assert.Equal(78, code);
        Assert.StartsWith($"{folder["labels.csv"]}, line 1: ", errors, StringComparison.Ordinal);
        (code, _, errors) = await CalibrationRoad.RunAsync([.. args, folder["absent"]]);
        Assert.Equal(78, code);
        Assert.StartsWith("--events: ", errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_stop_in_the_middle_ends_it_and_leaves_no_file()
    {
        using var folder = new TemporaryFolder();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        using var output = new StringWriter();
        using var errors = new StopAtProgress(stop) { NewLine = "\n" };
        int code = await EdgeNodeCommand.Create(NodeCatalogue.Create())
            .Parse(["calibrate", "-", "--source", "synthetic", "--set", "source.channels=12", "--out", folder["site.json"]])
            .InvokeAsync(new InvocationConfiguration { Output = output, Error = errors }, stop.Token);
        Assert.Equal(1, code);
        Assert.EndsWith("Stopped; nothing was written.\n", errors.ToString(), StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(folder.Path));
    }

    [Fact]
    public async Task Help_names_every_option()
    {
        (int code, string output, string _) = await CalibrationRoad.RunAsync("das", "calibrate", "--help");
        Assert.Equal(0, code);
        Assert.All(["<RECORDING>", "--out <FILE>", "--labels <FILE>", "--events <FILE>", "--plot <FILE>", "--seconds <S>"], word => Assert.Contains(word, output, StringComparison.Ordinal));
    }

    /// <summary>The vehicles that a node reports of the recording.</summary>
    private async Task<List<(SensorEvent Event, VehiclePassage Passage)>> NodeAsync(string? calibrationFile)
    {
        await using var node = new NodeFixture(NodeCatalogue.Create().Streams);
        string das = calibrationFile is null ? "{}" : $$"""{ "calibrationFile": "{{calibrationFile}}" }""";
        await node.StartAsync(node.Options($$"""{ "name": "a", "source": { "type": "hdf5", "files": ["{{road.Recording}}"] }, "das": {{das}} }"""));
        await node.Host.AllFinishedAsync(Cancellation);
        await node.StopAsync();
        return [.. (await node.EventsAsync()).Where(e => e.Type == DasEvents.Vehicle.Name).Select(e => (e, DasEvents.Vehicle.Read(e)))];
    }

    private static string[] Words(string line) => line.Split(' ', StringSplitOptions.RemoveEmptyEntries);

    private static double Number(string word) => double.Parse(word, CultureInfo.InvariantCulture);

    /// <summary>Presses Ctrl-C once the first progress is told.</summary>
    private sealed class StopAtProgress(CancellationTokenSource stop) : StringWriter
    {
        public override void WriteLine(string? value)
        {
            base.WriteLine(value);
            if (value!.Contains("s of recording", StringComparison.Ordinal))
            {
                stop.Cancel();
            }
        }
    }
}

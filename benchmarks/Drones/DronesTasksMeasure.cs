using System.Text.Json.Nodes;
using Sensing.Benchmarks.Models;
using Sensing.Drones.Tasks;
using Sensing.Events;
using Sensing.Streams;
using Sensing.Vision.Frames;
using Sensing.Vision.Onnx.Import;
using Sensing.Vision.Sources;

namespace Sensing.Benchmarks.Drones;

/// <summary>What the drones' tasks find in frames: persons, hazard vests, faces, masks.</summary>
public sealed class DronesTasksMeasure : IMeasure
{
    private const string Folder = "../shared/data/drone";

    private static readonly string[] Pictures = [".jpg", ".jpeg", ".png"], Videos = [".mp4", ".mkv", ".avi", ".mov"];

    public string Name => "drones-tasks";

    public string Summary => "Persons, hazard vests, faces and masks in frames of drones: the person in the vest found, vests on others.";

    public string Inputs =>
        "--frames DIR (pictures, or videos whose first frame counts; default: the drone segments, one person in a vest each), --json FILE (a line a frame), "
        + "--drawn DIR (frames with what was found, faces blurred), --packages DIR (npm packages of the models; default: downloaded)";

    public string Duration => "a minute and a download of 30 MB";

    public async Task<JsonObject> RunAsync(MeasureOptions options, TextWriter output, CancellationToken cancellation)
    {
        string folder = options.Text("frames") ?? Folder;
        string? json = options.Text("json"), drawn = options.Text("drawn");
        using var packages = new ModelPackages(options.Text("packages"));
        options.NothingElse();
        string[] files = !Directory.Exists(folder) ? throw new MeasureException($"{folder} does not exist: name a folder of frames with --frames DIR.")
            : [.. Directory.EnumerateFiles(folder).Where(file => IsOneOf(file, Pictures) || IsOneOf(file, Videos)).Order(StringComparer.Ordinal)];
        if (files.Length == 0)
        {
            throw new MeasureException($"{folder} holds no frames: pictures ({string.Join(", ", Pictures)}) and videos ({string.Join(", ", Videos)}) are read.");
        }

        using var tasks = new PersonTasks(
            await ModelAsync(ModelRecipes.CenterNet), await ModelAsync(ModelRecipes.MoveNetLightning), await ModelAsync(ModelRecipes.BlazeFace));
        int persons = 0, vests = 0, withVest = 0, falseVests = 0, others = 0, faces = 0, masks = 0;
        await using StreamWriter? lines = json is null ? null : new StreamWriter(json);
        foreach (string file in files)
        {
            using Frame frame = await FirstFrameAsync(file, cancellation);
            IReadOnlyList<PersonReading> found = tasks.Read(frame);
            PersonReading[] wearing = [.. found.Where(person => person.HasVest)];
            persons += found.Count;
            vests += wearing.Length;
            withVest += wearing.Length > 0 ? 1 : 0;

            // One person in a vest each: what else is a vest is false.
            falseVests += Math.Max(0, wearing.Length - 1);
            others += found.Count - Math.Min(1, wearing.Length);
            faces += found.Count(person => person.Face is not null);
            masks += found.Count(person => person.Mask == MaskState.Mask);
            if (wearing.Length != 1)
            {
                output.WriteLine($"{Path.GetFileName(file),-24} {found.Count} persons, {wearing.Length} vests: "
                    + string.Join(", ", found.Select(p => FormattableString.Invariant($"{p.Box.Score:0.00} (vest {p.VestScore:0.00})"))));
            }

            lines?.WriteLine(Line(file, found).ToJsonString());
            if (drawn is not null)
            {
                Directory.CreateDirectory(drawn);
                PersonPicture.Write(frame, found, Path.Combine(drawn, Path.GetFileNameWithoutExtension(file) + ".png"));
            }
        }

        double recall = (double)withVest / files.Length, share = others == 0 ? 0 : (double)falseVests / others;
        output.WriteLine(FormattableString.Invariant(
            $"{files.Length} frames: {persons} persons, the vest found in {withVest} ({recall:0.000}), {falseVests} vests on {others} others, ")
            + $"{faces} faces, {masks} masks");
        return new JsonObject
        {
            ["frames"] = files.Length,
            ["vest_recall"] = Math.Round(recall, 4),
            ["false_vests"] = falseVests,
            ["other_persons"] = others,
            ["false_vest_share"] = Math.Round(share, 4),
            ["persons"] = persons,
            ["vests"] = vests,
            ["faces"] = faces,
            ["masks"] = masks,
        };

        async Task<byte[]> ModelAsync(ModelRecipe recipe) => recipe.Convert(await packages.FilesAsync(recipe, cancellation));
    }

    private static bool IsOneOf(string file, string[] endings) => endings.Contains(Path.GetExtension(file).ToLowerInvariant());

    private static JsonObject Line(string file, IReadOnlyList<PersonReading> found) => new()
    {
        ["frame"] = Path.GetFileName(file),
        ["persons"] = new JsonArray(
        [
            .. found.Select(person => new JsonObject
            {
                ["box"] = new JsonArray(Rounded(person.Box.Left), Rounded(person.Box.Top), Rounded(person.Box.Right), Rounded(person.Box.Bottom)),
                ["score"] = Math.Round(person.Box.Score, 3),
                ["vest"] = person.HasVest,
                ["vestScore"] = Math.Round(person.VestScore, 3),
                ["face"] = person.Face is { } face
                    ? new JsonArray(Rounded(face.Left), Rounded(face.Top), Rounded(face.Right), Rounded(face.Bottom)) : null,
                ["mask"] = person.Mask switch { MaskState.Mask => "mask", MaskState.NoMask => "no mask", _ => "no face visible" },
            }),
        ]),
    };

    private static JsonNode Rounded(float value) => Math.Round(value, 1);

    private static async Task<Frame> FirstFrameAsync(string file, CancellationToken cancellation)
    {
        if (IsOneOf(file, Pictures))
        {
            return FrameImage.Read(file, DateTimeOffset.UnixEpoch);
        }

        var options = new VideoSourceOptions { Files = [Path.GetFullPath(file)], WorkWidth = 1280, Audio = false, StartTime = "2026-01-01T00:00:00Z" };
        await using var source = new VideoSource(options, new StreamContext(new StreamAddress("bench", "bench", "drone"), TimeProvider.System, "/"));
        await foreach (SourceItem<Frame> item in source.ReadAsync(null, cancellation))
        {
            if (item.Sample is { } frame)
            {
                return frame;
            }
        }

        throw new MeasureException($"{file}: it holds no frame that can be read.");
    }
}

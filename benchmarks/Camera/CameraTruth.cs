using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Sensing.TrafficCamera.Setup;

namespace Sensing.Benchmarks.Camera;

/// <summary>A person's crossings of a line in a clip, and the clip's set-up: the form of
/// <c>shared/data/camera/truth</c>.</summary>
internal sealed partial record CameraTruth
{
    public required string Clip { get; init; }

    /// <summary>Frames a second; null: not known, speeds say nothing then.</summary>
    public required double? FramesPerSecond { get; init; }

    /// <summary>First and last frame that the person looked at.</summary>
    public required int First { get; init; }

    public required int Last { get; init; }

    /// <summary>Vehicles on a line before this frame were not counted.</summary>
    public required int CountedFrom { get; init; }

    public required int CameraWidth { get; init; }

    public required int CameraHeight { get; init; }

    public required IReadOnlyList<ApproachOptions> Approaches { get; init; }

    /// <summary>Name of the line for vehicles of an approach that drive away or toward.</summary>
    public required IReadOnlyDictionary<(string Approach, bool Away), string> Lines { get; init; }

    public required IReadOnlyList<TrueCrossing> Crossings { get; init; }

    /// <summary>The degree of congestion that the person saw: the first word of <c>expected_level</c>; null: not
    /// judged.</summary>
    public required string? Level { get; init; }

    public static CameraTruth Read(string path)
    {
        try
        {
            return Of(JsonNode.Parse(File.ReadAllText(path))!);
        }
        catch (Exception error) when (error is System.Text.Json.JsonException or InvalidOperationException or NullReferenceException
            or FormatException or ArgumentException or KeyNotFoundException)
        {
            throw new MeasureException($"{path} is not a truth file (clip, frames, size, setup, crossings): {error.Message}");
        }
    }

    private static CameraTruth Of(JsonNode file)
    {
        int width = (int)file["size"]![0]!, height = (int)file["size"]![1]!;
        JsonArray lines = file["setup"]!["lines"]!.AsArray();
        var approaches = new List<ApproachOptions>();
        var names = new Dictionary<(string, bool), string>();
        foreach (JsonNode? road in file["setup"]!["carriageways"]!.AsArray())
        {
            string name = (string)road!["name"]!;
            JsonNode[] own = [.. lines.Where(l => (string)l!["carriageway"]! == name)!];
            ApproachOptions approach = Turned(
                new ApproachOptions
                {
                    Name = name,
                    Polygon = [.. road["polygon"]!.AsArray().Select(Point)],
                    WidthM = (double)road["width_m"]!,
                    LengthM = (double)road["length_m"]!,
                    Lanes = (int)road["lanes"]!,
                    Direction = Enum.Parse<TrafficDirection>((string)road["direction"]!, true),
                    CountingLine = new LineOptions(Point(own[0]["a"]), Point(own[0]["b"])),
                    SpeedLimitKmh = (double?)road["speed_limit_kmh"] ?? new ApproachOptions().SpeedLimitKmh,
                },
                width,
                height);
            approaches.Add(approach);
            foreach (JsonNode line in own)
            {
                // With two lines on a road of both directions, "up" is crossed by those who drive away.
                string word = (string)line["name"]!;
                bool away = approach.Direction == TrafficDirection.Away || (approach.Direction == TrafficDirection.Both && word is "up" or "away" or "out");
                names[(name, away)] = word;
            }
        }

        string start = (string?)file["boundary"]?["start"] ?? "";
        int first = (int)file["frames"]![0]!;
        Match from = FrameNumber().Match(start);
        return new CameraTruth
        {
            Clip = (string)file["clip"]!,
            FramesPerSecond = (double?)file["fps"],
            First = first,
            Last = (int)file["frames"]![1]!,
            CountedFrom = from.Success ? int.Parse(from.Groups[1].Value, CultureInfo.InvariantCulture) : first,
            CameraWidth = width,
            CameraHeight = height,
            Approaches = approaches,
            Lines = names,
            Crossings = [.. file["crossings"]!.AsArray().Select(c => new TrueCrossing(
                (string)c!["line"]!, (int)c["k_first"]!, (int)c["k_last"]!, (int)c["lane"]!, (string)c["class"]!))],
            Level = ((string?)file["expected_level"])?.Split(':', ' ')[0],
        };
    }

    /// <summary>Corners come in road order, and not always from the near left one: where no camera sees them so, the
    /// turn that fits best is taken.</summary>
    private static ApproachOptions Turned(ApproachOptions approach, int width, int height)
    {
        double Misfit(ApproachOptions a) => new Carriageway(a, width, height, width, height).Pose.Misfit;
        if (Misfit(approach) <= CameraPose.PlausibleMisfit)
        {
            return approach;
        }

        PixelPoint[] p = approach.Polygon;
        ApproachOptions turned = approach with { Polygon = [p[1], p[2], p[3], p[0]] };
        return Misfit(turned) < Misfit(approach) ? turned : approach;
    }

    private static PixelPoint Point(JsonNode? pair) => new((double)pair![0]!, (double)pair[1]!);

    [GeneratedRegex(@"k\s*=\s*(\d+)")]
    private static partial Regex FrameNumber();
}

using System.Globalization;
using System.Text.Json;
using Sensing.Streams;

namespace Sensing.Vision.Sources.Ffmpeg;

/// <summary>What <c>ffprobe</c> finds in an input.</summary>
internal static class MediaProbe
{
    private const string Entries =
        "format=format_name,start_time,duration:format_tags=creation_time"
        + ":stream=index,codec_type,codec_name,width,height,duration,avg_frame_rate:stream_disposition=attached_pic:stream_tags=rotate:stream_side_data=rotation";

    /// <summary>Asks <c>ffprobe</c>.</summary>
    /// <param name="programs">Where it is.</param>
    /// <param name="input">Options before the input and the input, as FFmpeg takes them.</param>
    /// <param name="kill">Ends the program, for example after a time.</param>
    /// <returns>What was found, or the reason why nothing was.</returns>
    /// <exception cref="SourceException">It is not installed.</exception>
    public static async Task<(MediaInfo? Info, string? Problem)> ReadAsync(
        FfmpegPrograms programs, IReadOnlyList<string> input, CancellationToken kill)
    {
        FfmpegProcess probe = await FfmpegProcess.StartAsync(
            programs, programs.Ffprobe, ["-hide_banner", "-loglevel", "error", "-print_format", "json", "-show_entries", Entries, .. input])
            .ConfigureAwait(false);
        await using (probe.ConfigureAwait(false))
        {
            using CancellationTokenRegistration registration = kill.Register(probe.Kill);
            using var json = new MemoryStream();
            await probe.Output.CopyToAsync(json, CancellationToken.None).ConfigureAwait(false);
            int exit = await probe.ExitAsync().ConfigureAwait(false);
            kill.ThrowIfCancellationRequested();
            if (exit != 0)
            {
                return (null, probe.Errors.Summary ?? $"ffprobe ended with exit code {exit}");
            }

            return Parse(json.ToArray()) is { } info ? (info, null) : (null, "it holds no pictures");
        }
    }

    /// <summary>Reads ffprobe's JSON.</summary>
    /// <returns>Null: there is no video stream in it.</returns>
    internal static MediaInfo? Parse(ReadOnlyMemory<byte> json)
    {
        using JsonDocument document = JsonDocument.Parse(json);
        JsonElement root = document.RootElement;
        if (!root.TryGetProperty("streams", out JsonElement streams))
        {
            return null;
        }

        JsonElement? video = null, audio = null;
        foreach (JsonElement stream in streams.EnumerateArray())
        {
            string? kind = Text(stream, "codec_type");
            bool isCover = stream.TryGetProperty("disposition", out JsonElement disposition) && Number(disposition, "attached_pic") == 1;
            video ??= kind == "video" && !isCover && Number(stream, "width") > 0 ? stream : null;
            audio ??= kind == "audio" ? stream : null;
        }

        if (video is not { } picture)
        {
            return null;
        }

        JsonElement format = root.TryGetProperty("format", out JsonElement found) ? found : default;
        int width = (int)Number(picture, "width")!, height = (int)Number(picture, "height")!;
        bool turned = Math.Abs(Rotation(picture)) % 180 == 90;
        return new MediaInfo(turned ? height : width, turned ? width : height)
        {
            VideoIndex = (int)Number(picture, "index")!,
            AudioIndex = audio is { } sound ? (int)Number(sound, "index")! : null,
            Codec = Text(picture, "codec_name") ?? "",
            Format = Text(format, "format_name") ?? "",
            Start = TimeSpan.FromSeconds(Number(format, "start_time") ?? 0),
            Duration = (Number(picture, "duration") ?? Number(format, "duration")) is { } seconds ? TimeSpan.FromSeconds(seconds) : null,
            FrameInterval = Interval(Text(picture, "avg_frame_rate")),
            Created = format.ValueKind == JsonValueKind.Object && format.TryGetProperty("tags", out JsonElement tags)
                && DateTimeOffset.TryParse(
                    Text(tags, "creation_time"), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal,
                    out DateTimeOffset created) && created.Year > 1970 ? created : null,
        };
    }

    private static double Rotation(JsonElement stream)
    {
        if (stream.TryGetProperty("side_data_list", out JsonElement list))
        {
            foreach (JsonElement entry in list.EnumerateArray())
            {
                if (Number(entry, "rotation") is { } rotation)
                {
                    return rotation;
                }
            }
        }

        return stream.TryGetProperty("tags", out JsonElement tags) ? Number(tags, "rotate") ?? 0 : 0;
    }

    private static TimeSpan? Interval(string? rate)
    {
        string[] parts = rate?.Split('/') ?? [];
        return parts.Length == 2
            && long.TryParse(parts[0], CultureInfo.InvariantCulture, out long num) && long.TryParse(parts[1], CultureInfo.InvariantCulture, out long den)
            && num > 0 && den > 0
            ? new TimeSpan(TimeSpan.TicksPerSecond * den / num)
            : null;
    }

    private static string? Text(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String
            ? value.GetString() : null;

    /// <summary>A number, which FFmpeg writes as a number or as text.</summary>
    private static double? Number(JsonElement element, string name) =>
        element.ValueKind != JsonValueKind.Object || !element.TryGetProperty(name, out JsonElement value) ? null
        : value.ValueKind == JsonValueKind.Number ? value.GetDouble()
        : value.ValueKind == JsonValueKind.String && double.TryParse(value.GetString(), CultureInfo.InvariantCulture, out double number) ? number
        : null;
}

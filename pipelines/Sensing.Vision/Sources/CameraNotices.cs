using Sensing.Events.Node;
using Sensing.Streams;

namespace Sensing.Vision.Sources;

/// <summary>What sources of pictures report about their input: one place for the words that people read.</summary>
internal static class CameraNotices
{
    public static StreamNotice Damaged(string file, int errors, string first) => Warning(
        "damaged", file, null, $"FFmpeg reported {(errors == 1 ? "an error" : $"{errors} errors")} while decoding; the first: {first}. What could be decoded was used.",
        "Check the recording or copy it again.");

    public static StreamNotice Unreadable(SourceException mistake) => Warning(
        "unreadable", mistake.Input, mistake.Position, $"{mistake.Problem} The file is skipped.", mistake.Remedy);

    public static StreamNotice Truncated(string file, TimeSpan end, TimeSpan duration) => Warning(
        "truncated", file, $"{Seconds(end)}", $"The pictures end after {Seconds(end)}; the file's header says {Seconds(duration)}.",
        "The recording was cut short: copy it again, or ignore this if the recorder lost power.");

    public static StreamNotice Backwards(string file, TimeSpan position) => Warning(
        "time-backwards", file, Seconds(position), "The pictures' times go backwards here; pictures are left out until they are past the last one.",
        "Check how the recording was made: joined files need continuous times.");

    public static StreamNotice Restarted(string file, TimeSpan? position, string reason) => Warning(
        "restarted", file, position is { } at ? Seconds(at) : null, $"FFmpeg ended before the recording did ({reason}); it was started again after the last picture.",
        "If this repeats, check the system log for memory shortage.");

    public static StreamNotice Gap(string? input, DateTimeOffset from, DateTimeOffset to) => Warning(
        "gap", input, null, $"{Seconds(to - from)} are missing, from {Time(from)} to {Time(to)}.", "Look for the missing file, or for the recorder's fault at that time.");

    public static StreamNotice Away(string camera, DateTimeOffset? last, string problem) => Warning(
        "away", camera, last is { } time ? $"after {Time(time)}" : null,
        $"{(last is null ? "The camera cannot be opened" : "The camera is lost")}: {problem}. It is tried again until it is back.", Remedy(problem));

    public static StreamNotice Returned(string camera, DateTimeOffset? last, DateTimeOffset now, bool wasAway) => last is { } before
        ? Warning(
            "gap", camera, null,
            $"{Seconds(now - before)} are missing, from {Time(before)} to {Time(now)}: {(wasAway ? "the camera was away" : "the node was not running")}.",
            wasAway ? "Check the camera's power and network at that time." : "Nothing to do; keep the node running.")
        : new StreamNotice { Code = "returned", Severity = NoticeSeverity.Info, Message = "The camera is there.", Input = camera };

    public static SourceException ForeignPosition(SourcePosition position, string source, string from) => new(
        position.Value, null, $"This saved position is not one of {source}.", $"Delete the stream's checkpoint to start {from}.");

    private static string Remedy(string problem) =>
        problem.Contains("401", StringComparison.Ordinal) || problem.Contains("403", StringComparison.Ordinal)
            ? "Check the user name and the password in the option 'url'."
        : problem.Contains("404", StringComparison.Ordinal)
            ? "Check the path of the address: the camera's manual names it."
        : problem.Contains("decoder", StringComparison.OrdinalIgnoreCase)
            ? "Check the option 'hardwareDecoder': 'ffmpeg -decoders' and 'ffmpeg -hwaccels' list what there is."
            : "Check that the camera is switched on and that the network reaches it; open its address with ffplay.";

    internal static StreamNotice Warning(string code, string? input, string? position, string message, string remedy) => new()
    {
        Code = code,
        Severity = NoticeSeverity.Warning,
        Message = message,
        Input = input,
        Position = position,
        Remedy = remedy,
    };

    internal static string Seconds(TimeSpan span) => FormattableString.Invariant($"{span.TotalSeconds:0.###} s");

    internal static string Time(DateTimeOffset time) => FormattableString.Invariant($"{time.UtcDateTime:yyyy-MM-dd'T'HH:mm:ss.fff'Z'}");
}

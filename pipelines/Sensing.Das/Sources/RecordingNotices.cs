using Sensing.Events.Node;

namespace Sensing.Das.Sources;

/// <summary>What sources of recordings say about their input: one place for the words that people read.</summary>
internal static class RecordingNotices
{
    public static StreamNotice Gap(string file, DateTimeOffset from, DateTimeOffset to) => Warning(
        "gap", file, null, $"{Seconds(to - from)} are missing: the data before end at {Time(from)}, this goes on at {Time(to)}.",
        "Look for the missing file, or for the interrogator's fault at that time.");

    /// <summary>What a live sensor sent while nobody listened.</summary>
    public static StreamNotice Away(DateTimeOffset from, DateTimeOffset to) => Warning(
        "gap", null, null, $"{Seconds(to - from)} are missing, from {Time(from)} to {Time(to)}: the node was not running.",
        "Nothing to do; keep the node running.");

    public static StreamNotice Backwards(string file, string? position, DateTimeOffset from, DateTimeOffset to, string skipped) => Warning(
        "time-backwards", file, position, $"Time goes backwards by {Seconds(from - to)}, from {Time(from)} to {Time(to)}; {skipped}.",
        "Check the interrogator's clock (GPS, NTP), or the order of the files.");

    public static StreamNotice ChannelsChanged(string file, DasGeometry before, DasGeometry after) => Warning(
        before.Channels == after.Channels ? "geometry-changed" : "channels-changed", file, null,
        FormattableString.Invariant(
            $"The channels changed in mid-stream: {Shown(before)} before, {Shown(after)} from here on."),
        "If nobody changed the interrogator's settings, check which folder its files go to.");

    public static StreamNotice NotANumber(string file, string position, long count, long of) => Warning(
        "not-a-number", file, position, $"{count} of the {of} values from here on are not a number; they are passed on as unknown.",
        "Check the interrogator's export; if whole channels are affected, mask them.");

    public static StreamNotice Remark(string file, string text) => new()
    {
        Code = "remark",
        Severity = NoticeSeverity.Info,
        Message = text,
        Input = file,
    };

    internal static StreamNotice Warning(string code, string? file, string? position, string message, string remedy) => new()
    {
        Code = code,
        Severity = NoticeSeverity.Warning,
        Message = message,
        Input = file,
        Position = position,
        Remedy = remedy,
    };

    internal static string Shown(DasGeometry g) => FormattableString.Invariant(
        $"{g.Channels} channels of {g.ChannelStepM:0.###} m from {g.FirstChannelM:0.#} m at {1 / g.TimeStepSeconds:0.###} Hz");

    internal static string Seconds(TimeSpan span) => FormattableString.Invariant($"{span.TotalSeconds:0.###} s");

    internal static string Time(DateTimeOffset time) => FormattableString.Invariant($"{time.UtcDateTime:yyyy-MM-dd'T'HH:mm:ss.fff'Z'}");
}

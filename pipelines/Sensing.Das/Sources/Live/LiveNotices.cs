using Sensing.Events.Node;
using static Sensing.Das.Sources.RecordingNotices;

namespace Sensing.Das.Sources.Live;

/// <summary>What a live stream says about its input: one place for the words that people read.</summary>
internal static class LiveNotices
{
    public static StreamNotice Header(string endpoint, OptoDasStreamHeader header, DasGeometry geometry) => Remark(
        endpoint, $"The interrogator's header came: {Shown(geometry)}, {header.Packages} samples a message, numbers of type {header.TypeName}{(header.Doubt is { } doubt ? $"; {doubt}" : "")}.");

    public static StreamNotice Gap(string endpoint, DateTimeOffset from, DateTimeOffset to) => Warning(
        "gap", endpoint, $"message of {Time(to)}", $"{Seconds(to - from)} are missing: the data before end at {Time(from)}, this goes on at {Time(to)}.",
        "Look for the interrogator's fault, or the network's, at that time; where the node itself had no time, raise bufferedMessages.");

    public static StreamNotice Backwards(string endpoint, DateTimeOffset from, DateTimeOffset to) => Warning(
        "time-backwards", endpoint, $"message of {Time(to)}",
        $"Time goes backwards by {Seconds(from - to)}, from {Time(from)} to {Time(to)}; the data go on at the new time.",
        "Check the interrogator's clock (GPS, NTP).");

    public static StreamNotice Changed(string endpoint, DasGeometry before, DasGeometry after) =>
        ChannelsChanged(endpoint, before, after) with { Position = "header", Remedy = "If nobody changed the interrogator's settings, check which instrument answers there." };

    public static StreamNotice Foreign(string endpoint, int bytes, OptoDasStreamHeader? header, DateTimeOffset? after) => Warning(
        "foreign", endpoint, after is { } time ? $"a message after {Time(time)}" : "a message before any data",
        header is null
            ? $"A message of {bytes} bytes came that is no JSON header, and no header has told how to read data; such messages are left out until one does."
            : $"A message of {bytes} bytes is neither data (8 + {header.Packages} × {header.Channels} × {header.ItemBytes} = {header.MessageBytes} bytes) nor a JSON header; it is left out.",
        "Check that the port is the one of the interrogator's data stream.");

    public static StreamNotice Away(string endpoint, DateTimeOffset? last, string problem, string remedy) => Warning(
        "away", endpoint, last is { } time ? $"after {Time(time)}" : null,
        $"{(last is null ? "No data have come" : "No more data come")}: {problem}. The stream waits for them.", remedy);
}

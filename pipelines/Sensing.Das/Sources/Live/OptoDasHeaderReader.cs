using System.Text.Json;
using Sensing.Das.Recordings;

namespace Sensing.Das.Sources.Live;

/// <summary>Reads the JSON header of an OptoDAS stream; every mistake names its key.</summary>
/// <param name="endpoint">Where it came from, for the mistakes.</param>
/// <param name="region">The region of interest that is wanted; null: the only one.</param>
internal sealed class OptoDasHeaderReader(string endpoint, int? region)
{
    private const string Remedy = "Check the interrogator's software and the stream's settings there.";

    /// <summary>The header that a message holds; null where the message is no JSON object.</summary>
    /// <exception cref="RecordingException">It is one, but not such that data can be read by it.</exception>
    public OptoDasStreamHeader? Read(ReadOnlyMemory<byte> message)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(message);
            return document.RootElement.ValueKind == JsonValueKind.Object ? Read(document.RootElement) : null;
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            // Not JSON, or text in it that is not UTF-8.
            return null;
        }
    }

    private OptoDasStreamHeader Read(JsonElement header)
    {
        int channels = Whole(header, "nChannels", 1), packages = Whole(header, "nPackagesPerMessage", 1);
        string type = Word(header, "dataType");
        int bytes = OptoDasStreamHeader.BytesOf(type);
        if (bytes == 0)
        {
            throw Mistake("wrong-type", "dataType", $"is '{type}', not one of short, int, long, float, double");
        }

        int package = Whole(header, "bytesPerPackage", 1);
        if (package != (long)bytes * channels)
        {
            throw Mistake("incomplete", "bytesPerPackage", $"is {package}, yet {channels} channels of type {type} are {(long)bytes * channels} bytes");
        }

        if ((long)package * packages > ZmqSubscription.LongestMessage)
        {
            throw Mistake("incomplete", "nPackagesPerMessage", $"makes messages of {(long)package * packages} bytes; at most {ZmqSubscription.LongestMessage} are read");
        }

        double timeUnit = Unit(header, "dtUnit", ("s", 1), ("ms", 1e-3), ("us", 1e-6), ("ns", 1e-9));
        double dx = Positive(header, "dx") * Unit(header, "dxUnit", ("m", 1), ("km", 1e3), ("cm", 1e-2), ("mm", 1e-3));
        (OptoDasRegion used, string? doubt) = Regions(header, channels, dx);
        return new OptoDasStreamHeader
        {
            Channels = channels,
            Packages = packages,
            TypeName = type,
            TimeStepSeconds = Positive(header, "dt") * timeUnit,
            Region = used,
            Doubt = doubt,
        };
    }

    /// <summary>The channels that are used. <c>roiStart</c>, <c>roiEnd</c> and <c>roiDec</c> count in steps of <c>dx</c>.</summary>
    private (OptoDasRegion Used, string? Doubt) Regions(JsonElement header, int channels, double dx)
    {
        if (!header.TryGetProperty("roiTable", out JsonElement table) || table.ValueKind != JsonValueKind.Array || table.GetArrayLength() == 0)
        {
            throw Mistake("incomplete", "roiTable", "is missing or empty");
        }

        (int Start, int End, int Step)[] rows = [.. table.EnumerateArray().Select((row, i) => Row(row, i))];

        // Writers differ on whether roiEnd is the last channel or the one behind it: the number of channels decides.
        int[] counts = [.. rows.Select(r => ((r.End - r.Start) / r.Step) + 1)];
        if (counts.Sum() != channels)
        {
            counts = [.. rows.Select(r => (r.End - r.Start + r.Step - 1) / r.Step)];
        }

        string? doubt = null;
        if (counts.Sum() != channels)
        {
            if (rows.Length > 1)
            {
                throw Mistake("incomplete", "roiTable", $"tells {counts.Sum()} channels, yet nChannels is {channels}");
            }

            (doubt, counts) = ($"its roiTable tells {counts[0]} channels, nChannels, which counts, {channels}", [channels]);
        }

        var regions = new List<OptoDasRegion>();
        for (int i = 0, first = 0; i < rows.Length; first += counts[i++])
        {
            regions.Add(new OptoDasRegion(first, counts[i], rows[i].Start * dx, rows[i].Step * dx));
        }

        return (Choose(regions, rows), doubt);
    }

    private OptoDasRegion Choose(List<OptoDasRegion> regions, (int Start, int End, int Step)[] rows)
    {
        if (region is { } wanted)
        {
            return wanted < regions.Count ? regions[wanted]
                : throw Mistake("incomplete", "roiTable", $"holds {regions.Count} regions, yet the option 'region' asks for number {wanted}, counted from 0", "Correct the option 'region'.");
        }

        for (int i = 1; i < rows.Length; i++)
        {
            if (rows[i].Step != rows[0].Step || rows[i].Start != rows[i - 1].Start + (regions[i - 1].Count * rows[0].Step))
            {
                throw Mistake("incomplete", $"roiTable[{i}]", $"does not join the region before it: the {rows.Length} regions are not evenly spaced", "Choose one with the option 'region'.");
            }
        }

        return regions[0] with { Count = regions.Sum(r => r.Count) };
    }

    private (int Start, int End, int Step) Row(JsonElement row, int number)
    {
        string where = $"roiTable[{number}]";
        if (row.ValueKind != JsonValueKind.Object)
        {
            throw Mistake("incomplete", where, "is no object");
        }

        int start = Whole(row, "roiStart", 0, where), end = Whole(row, "roiEnd", 0, where), step = Whole(row, "roiDec", 1, where);
        return end > start ? (start, end, step) : throw Mistake("incomplete", where, $"ends (roiEnd {end}) where it starts (roiStart {start}) or before");
    }

    private int Whole(JsonElement holder, string key, int least, string? within = null)
    {
        double value = Number(holder, key, within);
        return value == Math.Floor(value) && value >= least && value <= int.MaxValue ? (int)value
            : throw Mistake("incomplete", Join(within, key), FormattableString.Invariant($"is {value}, not a whole number of {least} or more"));
    }

    private double Positive(JsonElement holder, string key)
    {
        double value = Number(holder, key, null);
        return value > 0 && double.IsFinite(value) ? value : throw Mistake("incomplete", key, FormattableString.Invariant($"is {value}, not above 0"));
    }

    private double Number(JsonElement holder, string key, string? within) =>
        holder.TryGetProperty(key, out JsonElement value) && value.ValueKind == JsonValueKind.Number ? value.GetDouble()
            : throw Mistake("incomplete", Join(within, key), "is missing or no number");

    private string Word(JsonElement holder, string key) =>
        holder.TryGetProperty(key, out JsonElement value) && value.ValueKind == JsonValueKind.String ? value.GetString()!
            : throw Mistake("incomplete", key, "is missing or no text");

    private double Unit(JsonElement holder, string key, params (string Name, double Factor)[] known)
    {
        string word = Word(holder, key);
        return Array.Find(known, k => k.Name == word) is { Name: not null } unit ? unit.Factor
            : throw Mistake("wrong-type", key, $"is '{word}', not one of {string.Join(", ", known.Select(k => k.Name))}");
    }

    private RecordingException Mistake(string code, string key, string what, string remedy = Remedy) => new(
        code, endpoint, $"header, {key}", $"The interrogator's header cannot be used: {key} {what}. No data are read until a good header comes.", remedy);

    private static string Join(string? within, string key) => within is null ? key : $"{within}.{key}";
}

using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Sensing.Das.Recordings;

namespace Sensing.Das.Sources.Live;

/// <summary>What an OptoDAS interrogator says about its stream: how a data message is cut and where its channels lie.</summary>
/// <remarks>
/// A data message is the time of its first sample (int64, ns since 1970, little-endian), then <see cref="Packages"/> ×
/// <see cref="Channels"/> numbers, row after row. Only its length tells it from a header.
/// </remarks>
internal sealed record OptoDasStreamHeader
{
    private const int TimeBytes = 8;

    /// <summary>Samples per channel in a message.</summary>
    public required int Packages { get; init; }

    /// <summary>Channels in a message, those of all regions.</summary>
    public required int Channels { get; init; }

    /// <summary>As the header words it: short, int, long, float or double.</summary>
    public required string TypeName { get; init; }

    public required double TimeStepSeconds { get; init; }

    /// <summary>The channels that are used, and where they lie.</summary>
    public required OptoDasRegion Region { get; init; }

    /// <summary>What in the header does not quite fit; null for nothing.</summary>
    public string? Doubt { get; init; }

    public int ItemBytes => BytesOf(TypeName);

    /// <summary>Length of a data message.</summary>
    public int MessageBytes => TimeBytes + (Packages * Channels * ItemBytes);

    /// <summary>Bytes of a number of this type; 0 for a type that is not known.</summary>
    public static int BytesOf(string type) => type switch
    {
        "short" => 2,
        "int" or "float" => 4,
        "long" or "double" => 8,
        _ => 0,
    };

    /// <summary>Time of a message's first sample, rounded to 100 ns.</summary>
    public static DateTimeOffset TimeOf(ReadOnlySpan<byte> message) =>
        DateTimeOffset.UnixEpoch.AddTicks((long)Math.Round(BinaryPrimitives.ReadInt64LittleEndian(message) / 100m));

    /// <summary>Reads some channels of one row of a message, as sent.</summary>
    public void ReadRow(ReadOnlySpan<byte> message, int row, int firstChannel, Span<float> values)
    {
        int size = ItemBytes;
        ReadOnlySpan<byte> bytes = message.Slice(TimeBytes + (((row * Channels) + firstChannel) * size), values.Length * size);
        switch (TypeName)
        {
            case "short":
                SampleConversion.ToSingle(MemoryMarshal.Cast<byte, short>(bytes), values);
                break;
            case "int":
                SampleConversion.ToSingle(MemoryMarshal.Cast<byte, int>(bytes), values);
                break;
            case "long":
                SampleConversion.ToSingle(MemoryMarshal.Cast<byte, long>(bytes), values);
                break;
            case "float":
                SampleConversion.ToSingle(MemoryMarshal.Cast<byte, float>(bytes), values);
                break;
            default:
                SampleConversion.ToSingle(MemoryMarshal.Cast<byte, double>(bytes), values);
                break;
        }
    }
}

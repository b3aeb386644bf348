using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Sensing.Das.Recordings.Npy;

/// <summary>Header of a <c>.npy</c> file (NEP 1; format versions 1.0 to 3.0).</summary>
/// <param name="ItemKind">i, u or f.</param>
/// <param name="ItemBytes">Bytes of a value.</param>
/// <param name="BigEndian">Byte order of the values.</param>
/// <param name="FortranOrder">The first dimension varies fastest.</param>
/// <param name="Shape">Dimensions.</param>
/// <param name="DataOffset">Where the values begin, byte.</param>
internal sealed partial record NpyHeader(char ItemKind, int ItemBytes, bool BigEndian, bool FortranOrder, long[] Shape, int DataOffset)
{
    /// <summary>Bytes that the whole file must have.</summary>
    public long FileBytes => (long)UInt128.Min((UInt128)DataOffset + ((UInt128)Shape[0] * (UInt128)Shape[1] * (UInt128)ItemBytes), long.MaxValue);

    private const int LongestHeader = 64 << 10;

    private static ReadOnlySpan<byte> Magic => [0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P', (byte)'Y'];

    /// <exception cref="RecordingException">No <c>.npy</c> file, or one of values that are no numbers.</exception>
    public static NpyHeader Read(Stream file, string path)
    {
        byte[] head = new byte[12];
        int read = file.ReadAtLeast(head, head.Length, throwOnEndOfStream: false);
        if (read < head.Length || !head.AsSpan(0, 6).SequenceEqual(Magic))
        {
            throw new RecordingException(
                read == 0 ? "truncated" : "foreign", path, null, read == 0 ? "The file is empty." : "This is no NumPy .npy file.",
                "Save the array with numpy.save.");
        }

        bool first = head[6] == 1;
        int length = first ? BinaryPrimitives.ReadUInt16LittleEndian(head.AsSpan(8)) : BinaryPrimitives.ReadInt32LittleEndian(head.AsSpan(8));
        int offset = first ? 10 : 12;
        if (length is <= 0 or > LongestHeader || head[6] > 3)
        {
            throw new RecordingException(
                "foreign", path, "byte 6", $"The NumPy format version {head[6]}.{head[7]} with a header of {length} bytes is not known.", "Save the array with numpy.save.");
        }

        byte[] text = new byte[length];
        file.Position = offset;
        if (file.ReadAtLeast(text, length, throwOnEndOfStream: false) < length)
        {
            throw new RecordingException("truncated", path, $"byte {offset}", "The file ends within its header.", "Copy it again.");
        }

        return Parse(Encoding.UTF8.GetString(text), path, offset + length);
    }

    private static NpyHeader Parse(string text, string path, int dataOffset)
    {
        Match type = Descr().Match(text);
        Match order = Fortran().Match(text);
        Match shape = ShapeOf().Match(text);
        if (!type.Success || !order.Success || !shape.Success)
        {
            string found = StructuredType().Match(text) is { Success: true } s ? s.Groups[1].Value : text.Trim();
            throw new RecordingException(
                "wrong-type", path, "header", $"The array's type {found} is no plain integer or float.",
                "Save one field as int16, int32, float32 or float64.");
        }

        char kind = type.Groups[2].Value[0];
        int bytes = int.TryParse(type.Groups[3].Value, CultureInfo.InvariantCulture, out int size) ? size : 0;
        if (!((kind is 'i' or 'u' && bytes is 1 or 2 or 4 or 8) || (kind is 'f' && bytes is 4 or 8)))
        {
            throw new RecordingException(
                "wrong-type", path, "header", $"The array's type '{type.Value}' is no integer and no 32- or 64-bit float.",
                "Save it as int16, int32, float32 or float64.");
        }

        long[] dimensions = [.. shape.Groups[1].Value.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(d => long.TryParse(d, CultureInfo.InvariantCulture, out long length) ? length : -1)];
        if (dimensions.Length != 2 || dimensions.Any(d => d < 1))
        {
            throw new RecordingException(
                "wrong-type", path, "header", $"The array's shape is ({shape.Groups[1].Value.Trim()}), not time × distance.", "Save a two-dimensional array.");
        }

        return new NpyHeader(kind, bytes, type.Groups[1].Value == ">", order.Groups[1].Value == "True", dimensions, dataOffset);
    }

    [GeneratedRegex(@"'descr'\s*:\s*'([<>|=])([a-zA-Z])(\d+)'", RegexOptions.CultureInvariant)]
    private static partial Regex Descr();

    [GeneratedRegex(@"'descr'\s*:\s*('[^']*'|\[.*?\])\s*,", RegexOptions.CultureInvariant)]
    private static partial Regex StructuredType();

    [GeneratedRegex(@"'fortran_order'\s*:\s*(True|False)", RegexOptions.CultureInvariant)]
    private static partial Regex Fortran();

    [GeneratedRegex(@"'shape'\s*:\s*\(([^)]*)\)", RegexOptions.CultureInvariant)]
    private static partial Regex ShapeOf();
}

using System.Runtime.InteropServices;

namespace Sensing.CloudIngest.Log.Kafka.Native;

/// <summary>rd_kafka_vu_t: one argument of rd_kafka_produceva, a tag and a union of 64 bytes.</summary>
[StructLayout(LayoutKind.Explicit, Size = 72)]
internal unsafe struct ProduceArgument
{
    [FieldOffset(0)]
    private Tag _tag;

    [FieldOffset(8)]
    private void* _pointer;

    [FieldOffset(8)]
    private long _number;

    [FieldOffset(16)]
    private void* _second;

    [FieldOffset(24)]
    private nint _third;

    private enum Tag
    {
        Topic = 2,
        Value = 4,
        Key = 5,
        Opaque = 6,
        Flags = 7,
        Timestamp = 8,
        Header = 9,
    }

    public static ProduceArgument Topic(nint topic) => new() { _tag = Tag.Topic, _pointer = (void*)topic };

    public static ProduceArgument Value(byte* value, int length) => new() { _tag = Tag.Value, _pointer = value, _second = (void*)(nint)length };

    public static ProduceArgument Key(byte* key, int length) => new() { _tag = Tag.Key, _pointer = key, _second = (void*)(nint)length };

    /// <summary>Comes back with the report.</summary>
    public static ProduceArgument Opaque(nint opaque) => new() { _tag = Tag.Opaque, _pointer = (void*)opaque };

    public static ProduceArgument Flags(int flags) => new() { _tag = Tag.Flags, _number = flags };

    /// <param name="milliseconds">Since 1970, UTC.</param>
    public static ProduceArgument Timestamp(long milliseconds) => new() { _tag = Tag.Timestamp, _number = milliseconds };

    /// <param name="name">Ends with a zero.</param>
    /// <param name="value">Bytes.</param>
    /// <param name="length">How many.</param>
    public static ProduceArgument Header(byte* name, byte* value, int length) => new() { _tag = Tag.Header, _pointer = name, _second = value, _third = length };
}

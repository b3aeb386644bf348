using System.Runtime.InteropServices;

namespace Sensing.CloudIngest.Log.Kafka.Native;

/// <summary>rd_kafka_message_t, as a delivery report shows it; what is not read here is left out of it.</summary>
[StructLayout(LayoutKind.Explicit, Size = 72)]
internal readonly struct ProducedMessage
{
    /// <summary>0 where the brokers have it.</summary>
    [FieldOffset(0)]
    public readonly int Error;

    /// <summary>As given with the record.</summary>
    [FieldOffset(64)]
    public readonly nint Opaque;
}

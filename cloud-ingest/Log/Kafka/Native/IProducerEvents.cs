using Confluent.Kafka;

namespace Sensing.CloudIngest.Log.Kafka.Native;

/// <summary>What a producer tells, all on one thread of its own, one call after the other.</summary>
internal interface IProducerEvents
{
    /// <summary>The brokers have these records; many are told at once.</summary>
    /// <param name="opaques">As given with the records.</param>
    void Delivered(ReadOnlySpan<nint> opaques);

    /// <summary>The brokers have said no to a record, or nobody will know.</summary>
    void Refused(nint opaque, Error error);

    /// <summary>Something else is wrong; fatal: the producer does nothing any more.</summary>
    void Failed(Error error);

    void Logged(string message);
}

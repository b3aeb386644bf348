using Confluent.Kafka;
using Microsoft.Extensions.Logging;
using Sensing.CloudIngest.Store;

namespace Sensing.CloudIngest.Log.Kafka;

/// <content>Records that Kafka refuses.</content>
public sealed partial class KafkaEventLog
{
    /// <summary>Records above this are batches of their own, so that only they are refused for their size.</summary>
    internal const int LargestBatchBytes = 256 * 1024;

    /// <summary>What is kept at most of a dead letter that is itself too large, bytes.</summary>
    private const int CutBytes = 128 * 1024;

    private int _batchBytes = LargestBatchBytes;

    /// <summary>A report: the producer has ended with it (see <see cref="KafkaClientSettings"/>), and the next one
    /// continues with this record.</summary>
    private void Refuse(BridgeProducer producer, PendingRecord entry, Error error)
    {
        lock (_order)
        {
            bool isAtWork;
            lock (_lock)
            {
                // Where another producer is at work, that one has the record already, or will have it.
                isAtWork = producer == _producer && entry.Place.List is not null;
            }

            if (isAtWork && Refuse(entry, _writer.TopicOf(entry.Record), error))
            {
                _broken.TrySetResult();
            }
        }
    }

    /// <summary>Under <see cref="_order"/>. A record that is itself at fault becomes a dead letter; any other is
    /// retried until Kafka takes it.</summary>
    /// <returns>Whether it became a dead letter, which is to be sent in its place.</returns>
    private bool Refuse(PendingRecord entry, string topic, Error error)
    {
        bool isTooLarge = error.Code is ErrorCode.MsgSizeTooLarge or ErrorCode.RecordListTooLarge;
        if (isTooLarge && entry.Size > _batchBytes && AsDeadLetter(entry.Record, topic, error.Reason) is { } letter)
        {
            Count(error.Code);
            entry.Record = letter;
            Poison(topic, error.Reason);
            return true;
        }

        if (_broken.Task.IsCompleted)
        {
            // Said already; the next producer gets this one too, in its place.
            return false;
        }

        Count(error.Code);
        if (isTooLarge && entry.Size <= _batchBytes)
        {
            // Not a record but a batch is too large for the topic.
            _batchBytes /= 2;
            Break($"{topic} does not take batches of up to {2 * _batchBytes} bytes ({error.Reason}): sending smaller ones");
        }
        else
        {
            Break($"Kafka refuses records of {topic}: {error.Reason}");
        }

        return false;
    }

    private static DeadLetterRecord? AsDeadLetter(LogRecord record, string topic, string reason) => record switch
    {
        EventRecord or NodeStatusRecord => DeadLetters.Of(record, $"Kafka does not take it into {topic}: {reason}"),
        DeadLetterRecord { Payload.Length: > 0 and int length } letter when Math.Min(CutBytes, length / 2) is var kept => letter with
        {
            Payload = letter.Payload[..kept],
            Reason = $"{letter.Reason}; it is too large for {topic} too: the first {kept} of {length} bytes are kept",
        },
        _ => null,
    };

    [LoggerMessage(4322, LogLevel.Warning, "A record became a dead letter, since {Topic} does not take it: {Reason}")]
    private partial void Poison(string topic, string reason);
}

using Confluent.Kafka;
using Microsoft.Extensions.Logging;
using Sensing.CloudIngest.Log.Kafka.Native;
using Sensing.CloudIngest.Store;

namespace Sensing.CloudIngest.Log.Kafka;

/// <summary>One producer from its making to its end, and what its reports mean.</summary>
public sealed partial class KafkaEventLog
{
    /// <summary>Records above this go in a batch of their own, so that only they are refused for their size.</summary>
    internal const int BatchBytes = 256 * 1024;

    /// <summary>What is kept of a dead letter that is itself too large, bytes.</summary>
    private const int CutBytes = 128 * 1024;

    private async Task RunProducerAsync(CancellationToken stopping)
    {
        try
        {
            _files.Use();
            Start();
            using var timer = new PeriodicTimer(CheckPeriod, _time);
            while (await Task.WhenAny(_broken.Task, timer.WaitForNextTickAsync(stopping).AsTask()).ConfigureAwait(false) != _broken.Task)
            {
                stopping.ThrowIfCancellationRequested();
                if (_files.AreRenewed())
                {
                    Renewed();
                    return;
                }

                if (_reach.Problem is not null && _producer is { } producer)
                {
                    await Task.Run(() => _reach.Check(() => producer.Answers(KafkaReach.Timeout)), stopping).ConfigureAwait(false);
                }
            }
        }
#pragma warning disable CA1031 // A password file or a certificate that cannot be read, or whatever the native library says: told, and tried again.
        catch (Exception error) when (!stopping.IsCancellationRequested)
#pragma warning restore CA1031
        {
            Break($"no client for Kafka can be made: {error.Message}");
        }
        finally
        {
            await Task.Run(Retire, CancellationToken.None).ConfigureAwait(false);
        }
    }

    private void Start()
    {
        ProducerConfig settings = KafkaClientSettings.Producer(_options, _limits);
        settings.BatchSize = BatchBytes;
        var producer = new NativeProducer(settings, new Reports(this, _generation));
        lock (_order)
        {
            Entry[] waiting;
            lock (_lock)
            {
                _broken = New();
                _producer = producer;
                if (_pending.Count == 0)
                {
                    _failure = null;
                }

                waiting = [.. _pending];
            }

            Array.ForEach(waiting, entry => Produce(producer, entry));
        }
    }

    /// <summary>Ends the producer; what has no report yet waits for the next one. Outside the locks: its thread may wait for them in a report.</summary>
    private void Retire()
    {
        NativeProducer? producer;
        lock (_order)
        {
            lock (_lock)
            {
                producer = _producer;
                _producer = null;
                _generation++;
            }
        }

        producer?.Dispose();
    }

    /// <summary>Under <see cref="_order"/>, which also keeps the producer at work from being retired meanwhile.</summary>
    private void Produce(NativeProducer producer, Entry entry)
    {
        _writer.Write(entry.Record, _record);
        if (producer.Produce(_record, entry.Slot) is { } error)
        {
            Refused(producer, entry, _record.Topic, error);
        }
    }

    /// <summary>Many records at once, under one lock: the way of nearly all of them.</summary>
    private void Complete(ReadOnlySpan<nint> slots)
    {
        long bytes = 0;
        lock (_lock)
        {
            foreach (nint slot in slots)
            {
                // Not one that was cancelled when the log stopped.
                if (_slots.Release(slot) is { } entry)
                {
                    _pending.Remove(entry.Place);
                    bytes += entry.Size;
                    _durable.Add(entry);
                }
            }

            Drained();
        }

        if (_durable.Count == 0)
        {
            return;
        }

        _bytes.Return(bytes);
        _places.Release(_durable.Count);
        Interlocked.Add(ref _delivered, _durable.Count);
        _failure = null;
        _reach.Confirm();
        foreach (Entry entry in _durable)
        {
            entry.TrySetResult();
        }

        _durable.Clear();
    }

    private void Refused(nint slot, int generation, Error error)
    {
        lock (_order)
        {
            Entry? entry;
            NativeProducer? producer;
            lock (_lock)
            {
                // Of a producer that is gone: the one at work has the record already.
                entry = _slots[slot];
                producer = generation == _generation ? _producer : null;
            }

            if (producer is not null && entry is not null)
            {
                Refused(producer, entry, _writer.TopicOf(entry.Record), error);
            }
        }
    }

    /// <summary>Kafka has said no to this record: it goes to the dead letters where that is the record's own fault, and is tried again for good where it is not.</summary>
    private void Refused(NativeProducer producer, Entry entry, string topic, Error error)
    {
        _failures.AddOrUpdate(error.Code.ToString(), 1, (_, count) => count + 1);
        if (error.Code is ErrorCode.MsgSizeTooLarge && entry.Size > BatchBytes && AsDeadLetter(entry.Record, topic, error.Reason) is { } letter)
        {
            entry.Record = letter;
            Poison(topic, error.Reason);
            Produce(producer, entry);
        }
        else
        {
            Break($"Kafka refuses records of {topic}: {error.Reason}");
        }
    }

    private static DeadLetterRecord? AsDeadLetter(LogRecord record, string topic, string reason) => record switch
    {
        EventRecord item => new DeadLetterRecord(
            item.Event.Topic, DeadLetterProperties.Of(item.Event), item.Event.Data, $"Kafka does not take it into {topic}: {reason}", item.Arrival),
        NodeStatusRecord status => new DeadLetterRecord(
            $"sensing/v1/{status.Site}/{status.Node}/status", "{}", status.Status, $"Kafka does not take it into {topic}: {reason}", status.Arrival),
        DeadLetterRecord letter when letter.Payload.Length > CutBytes => letter with
        {
            Payload = letter.Payload[..CutBytes],
            Reason = $"{letter.Reason}; {topic} is too small for it too: the first {CutBytes} of {letter.Payload.Length} bytes are kept",
        },
        _ => null,
    };

    private void Failed(Error error)
    {
        if (error.IsFatal)
        {
            _failures.AddOrUpdate(error.Code.ToString(), 1, (_, count) => count + 1);
            Break($"the Kafka producer cannot go on ({error.Reason}) and is replaced");
        }
        else
        {
            _reach.Report(error);
        }
    }

    private void Break(string reason)
    {
        if (_failure is null)
        {
            Failing(reason);
        }

        _failure = reason;
        _broken.TrySetResult();
    }

    [LoggerMessage(4321, LogLevel.Error, "{Reason}. Nothing of it is acknowledged; trying again.")]
    private partial void Failing(string reason);

    [LoggerMessage(4322, LogLevel.Warning, "A record became a dead letter, since {Topic} does not take it: {Reason}")]
    private partial void Poison(string topic, string reason);

    [LoggerMessage(4324, LogLevel.Information, "Certificates or password for Kafka have changed: the producer is made anew.")]
    private partial void Renewed();

    [LoggerMessage(4323, LogLevel.Debug, "librdkafka: {Message}")]
    private partial void Native(string message);

    /// <summary>What one producer tells.</summary>
    private sealed class Reports(KafkaEventLog log, int generation) : IProducerEvents
    {
        public void Delivered(ReadOnlySpan<nint> opaques) => log.Complete(opaques);

        public void Refused(nint opaque, Error error) => log.Refused(opaque, generation, error);

        public void Failed(Error error) => log.Failed(error);

        public void Logged(string message) => log.Native(message);
    }
}

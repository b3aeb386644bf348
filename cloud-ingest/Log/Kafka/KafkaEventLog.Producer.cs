using Confluent.Kafka;
using Microsoft.Extensions.Logging;
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
                    await Task.Run(() => _reach.Check(producer.Handle), stopping).ConfigureAwait(false);
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
        IProducer<byte[], byte[]> producer = new ProducerBuilder<byte[], byte[]>(settings)
            .SetErrorHandler((_, error) => Report(error))
            .SetLogHandler((_, message) => Native(message.Message))
            .Build();
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

    /// <summary>Ends the producer; what has no report yet waits for the next one. Outside the locks: its threads may wait for them in a report.</summary>
    private void Retire()
    {
        IProducer<byte[], byte[]>? producer;
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

    private void Produce(IProducer<byte[], byte[]> producer, Entry entry)
    {
        (string topic, Message<byte[], byte[]> message) = _writer.Write(entry.Record);
        Produce(producer, entry, topic, message);
    }

    /// <summary>Under <see cref="_order"/>, which also keeps the producer at work from being retired meanwhile.</summary>
    private void Produce(IProducer<byte[], byte[]> producer, Entry entry, string topic, Message<byte[], byte[]> message)
    {
        int generation = _generation;
        try
        {
            producer.Produce(topic, message, report => Reported(entry, generation, report.Error));
        }
        catch (ProduceException<byte[], byte[]> error)
        {
            Refused(producer, entry, topic, error.Error);
        }
    }

    private void Reported(Entry entry, int generation, Error error)
    {
        if (error.IsError)
        {
            ReportedRefused(entry, generation, error);
            return;
        }

        lock (_lock)
        {
            if (entry.Place.List is null)
            {
                return;
            }

            _pending.Remove(entry.Place);
            Drained();
        }

        Release(entry);
        Interlocked.Increment(ref _delivered);
        _failure = null;
        _reach.Confirm();
        entry.Durable.TrySetResult();
    }

    private void ReportedRefused(Entry entry, int generation, Error error)
    {
        lock (_order)
        {
            IProducer<byte[], byte[]>? producer;
            lock (_lock)
            {
                // Of a producer that is gone: the one at work has the record already.
                producer = entry.Place.List is not null && generation == _generation ? _producer : null;
            }

            if (producer is not null)
            {
                Refused(producer, entry, _writer.Write(entry.Record).Topic, error);
            }
        }
    }

    /// <summary>Kafka has said no to this record: it goes to the dead letters where that is the record's own fault, and is tried again for good where it is not.</summary>
    private void Refused(IProducer<byte[], byte[]> producer, Entry entry, string topic, Error error)
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

    private void Report(Error error)
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
}

using Confluent.Kafka;
using Microsoft.Extensions.Logging;

namespace Sensing.CloudIngest.Log.Kafka;

/// <content>One producer from its start to its end, and what its reports mean.</content>
public sealed partial class KafkaEventLog
{
    private readonly Reports _producerReports;

    /// <summary>Of one report; only the thread that reports uses it.</summary>
    private readonly List<PendingRecord> _durable = [];

    /// <returns>Whether it ended for a renewal of its files and not for a failure.</returns>
    private async Task<bool> RunProducerAsync(CancellationToken stopping)
    {
        try
        {
            _files.Use();
            Start();
            bool isReported = false;
            using var timer = new PeriodicTimer(CheckPeriod, _time);
            Task<bool> tick = timer.WaitForNextTickAsync(stopping).AsTask();
            while (await Task.WhenAny(_broken.Task, tick).ConfigureAwait(false) == tick)
            {
                await tick.ConfigureAwait(false);
                if (_files.AreRenewed())
                {
                    Renewed();
                    await HandOverAsync(stopping).ConfigureAwait(false);
                    return true;
                }

                if (_reach.Problem is not null && _producer is { } producer)
                {
                    await Task.Run(() => _reach.Check(producer.Handle), stopping).ConfigureAwait(false);
                }

                isReported = ReportStall(isReported);
                tick = timer.WaitForNextTickAsync(stopping).AsTask();
            }
        }
#pragma warning disable CA1031 // A file that cannot be read, or whatever the native library says: reported, and retried.
        catch (Exception error) when (!stopping.IsCancellationRequested)
#pragma warning restore CA1031
        {
            Break($"cannot create a client for Kafka at {_options.BootstrapServers}: {error.Message}");
        }
        finally
        {
            await Task.Run(() => Detach()?.Dispose(), CancellationToken.None).ConfigureAwait(false);
        }

        return false;
    }

    private void Start()
    {
        ProducerConfig settings = KafkaClientSettings.Producer(_options, _limits);
        settings.BatchSize = _batchBytes;
        var producer = new BridgeProducer(settings, _producerReports);
        lock (_order)
        {
            PendingRecord[] waiting;
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

    /// <summary>Lets the producer deliver what it has, for as long as <see cref="DrainTime"/>, while newer records wait
    /// for its
    /// successor: so none is sent twice, and none overtakes another.</summary>
    private async Task HandOverAsync(CancellationToken stopping)
    {
        using BridgeProducer? producer = Detach();
        if (producer is not null)
        {
            using var bound = new CancellationTokenSource(DrainTime, _time);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(stopping, bound.Token);
            await producer.DrainAsync().WaitAsync(either.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Takes the producer out of use; what has no report yet waits for the next one. It is ended outside the
    /// locks, since
    /// its thread may wait for them in a report.</summary>
    private BridgeProducer? Detach()
    {
        lock (_order)
        {
            lock (_lock)
            {
                BridgeProducer? producer = _producer;
                _producer = null;
                return producer;
            }
        }
    }

    /// <summary>Under <see cref="_order"/>, which also keeps the producer at work from being detached
    /// meanwhile.</summary>
    private void Produce(BridgeProducer producer, PendingRecord entry)
    {
        (string topic, Message<byte[], byte[]> message) = _writer.Write(entry.Record);
        try
        {
            producer.Produce(entry, topic, message);
        }
        catch (ProduceException<byte[], byte[]> error)
        {
            if (Refuse(entry, topic, error.Error))
            {
                // Refused here, before anything was sent: the producer is at work still.
                Produce(producer, entry);
            }
        }
    }

    /// <summary>Many records at once, under one lock.</summary>
    private void Complete(IReadOnlyList<PendingRecord> records)
    {
        long bytes = 0;
        lock (_lock)
        {
            foreach (PendingRecord entry in records)
            {
                // Not one that was cancelled when the log stopped.
                if (entry.Place.List is not null)
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
        foreach (PendingRecord entry in _durable)
        {
            entry.TrySetResult();
        }

        _durable.Clear();
    }

    private void Fail(BridgeProducer producer, Error error)
    {
        if (error.Code == ErrorCode.Local_GaplessGuarantee)
        {
            // The refusal that led to it follows, with its reason.
        }
        else if (error.IsFatal)
        {
            // Reported more than once; an append may meet it at the same time, and it counts once.
            lock (_order)
            {
                if (producer == _producer && !_broken.Task.IsCompleted)
                {
                    Count(error.Code);
                    Break($"the Kafka producer cannot continue ({error.Reason}) and is replaced");
                }
            }
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

    private bool ReportStall(bool isReported)
    {
        // Where the cluster is gone or refuses records, that has been logged.
        string? stall = _reach.Problem is null && _failure is null ? Stall() : null;
        if (stall is not null && !isReported)
        {
            Stalled(stall);
        }

        return stall is not null;
    }

    private void Count(ErrorCode error) => _failures.AddOrUpdate(error.ToString(), 1, (_, count) => count + 1);

    [LoggerMessage(4321, LogLevel.Error, "{Reason}. Nothing of it is acknowledged; retrying.")]
    private partial void Failing(string reason);

    [LoggerMessage(4323, LogLevel.Debug, "librdkafka: {Message}")]
    private partial void Native(string message);

    [LoggerMessage(4324, LogLevel.Information, "Certificates, password or settings for Kafka have changed: replacing the producer.")]
    private partial void Renewed();

    [LoggerMessage(4325, LogLevel.Warning, "{Problem}. Retrying.")]
    private partial void Stalled(string problem);

    private sealed class Reports(KafkaEventLog log) : IProducerReports
    {
        // Of whichever producer: Kafka has them.
        public void Delivered(BridgeProducer producer, IReadOnlyList<PendingRecord> records) => log.Complete(records);

        public void Refused(BridgeProducer producer, PendingRecord record, Error error) => log.Refuse(producer, record, error);

        public void Failed(BridgeProducer producer, Error error) => log.Fail(producer, error);

        public void Logged(string message) => log.Native(message);
    }
}

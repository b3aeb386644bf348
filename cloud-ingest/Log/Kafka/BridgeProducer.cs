using Confluent.Kafka;

namespace Sensing.CloudIngest.Log.Kafka;

/// <summary>Confluent.Kafka's producer, and a thread that takes its delivery reports many at a time.</summary>
/// <remarks>The client's own polling thread completes one record a callback. Polled from here, all reports that are
/// there are
/// completed together: one lock and one wake-up for many records.</remarks>
internal sealed class BridgeProducer : IDisposable
{
    private static readonly TimeSpan PollTime = TimeSpan.FromMilliseconds(100);

    private readonly IProducer<byte[], byte[]> _producer;
    private readonly IProducerReports _reports;
    private readonly List<PendingRecord> _delivered = [];
    private readonly Thread _thread;
    private readonly TaskCompletionSource _drained = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _underWay;
    private volatile bool _isDraining;
    private volatile bool _isDisposed;

    /// <summary>Reads the files that <paramref name="settings"/> name and connects in the background.</summary>
    /// <exception cref="KafkaException">A setting or a file is unusable.</exception>
    /// <exception cref="InvalidOperationException">There is no such setting.</exception>
    public BridgeProducer(ProducerConfig settings, IProducerReports reports)
    {
        settings.EnableBackgroundPoll = false;
        _reports = reports;
        _producer = new ProducerBuilder<byte[], byte[]>(settings)
            .SetErrorHandler((_, error) => reports.Failed(this, error))
            .SetLogHandler((_, message) => reports.Logged(message.Message))
            .Build();
        _thread = new Thread(Poll) { IsBackground = true, Name = "Kafka delivery reports" };
        _thread.Start();
    }

    public Handle Handle => _producer.Handle;

    /// <summary>Hands over a record; never waits.</summary>
    /// <exception cref="ProduceException{TKey, TValue}">It is refused at once, and there will be no report.</exception>
    public void Produce(PendingRecord record, string topic, Message<byte[], byte[]> message)
    {
        Interlocked.Increment(ref _underWay);
        try
        {
            _producer.Produce(topic, message, report => Reported(record, report.Error));
        }
        catch
        {
            Interlocked.Decrement(ref _underWay);
            throw;
        }
    }

    /// <summary>Completes once there is a report of every record; nothing may be handed over any more.</summary>
    public Task DrainAsync()
    {
        _isDraining = true;
        if (Volatile.Read(ref _underWay) == 0)
        {
            _drained.TrySetResult();
        }

        return _drained.Task;
    }

    /// <summary>Ends it. Records without a report get none.</summary>
    public void Dispose()
    {
        if (!_isDisposed)
        {
            _isDisposed = true;
            _thread.Join();
            _producer.Dispose();
        }
    }

    private void Poll()
    {
        while (!_isDisposed)
        {
            _producer.Poll(PollTime);
            if (_delivered.Count > 0)
            {
                _reports.Delivered(this, _delivered);
                Count(_delivered.Count);
                _delivered.Clear();
            }
        }
    }

    private void Reported(PendingRecord record, Error error)
    {
        if (!error.IsError)
        {
            _delivered.Add(record);
            return;
        }

        _reports.Refused(this, record, error);
        Count(1);
    }

    private void Count(int reports)
    {
        if (Interlocked.Add(ref _underWay, -reports) == 0 && _isDraining)
        {
            _drained.TrySetResult();
        }
    }
}

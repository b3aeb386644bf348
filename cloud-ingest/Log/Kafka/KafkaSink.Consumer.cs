using Confluent.Kafka;
using Sensing.CloudIngest.Store;

namespace Sensing.CloudIngest.Log.Kafka;

/// <content>One consumer from its making to its end: what it reads, what it has been given, what is stored.</content>
public sealed partial class KafkaSink
{
    private void RunConsumer(CancellationToken stopping)
    {
        _batch.Clear();
        _positions.Clear();
        _files.Use();
        long looked = _time.GetTimestamp();
        using IConsumer<byte[], byte[]> consumer = new ConsumerBuilder<byte[], byte[]>(KafkaClientSettings.Consumer(_options, _limits))
            .SetErrorHandler((_, error) => _reach.Report(error))
            .SetLogHandler((_, message) => Native(message.Message))
            .SetPartitionsAssignedHandler((_, partitions) => Assign(partitions, stopping))
            .SetPartitionsRevokedHandler((_, partitions) => Revoke(partitions))
            .SetPartitionsLostHandler((_, partitions) => Revoke(partitions))
            .Build();
        consumer.Subscribe(_names.All);
        try
        {
            while (!stopping.IsCancellationRequested)
            {
                if (Next(consumer, _batch.IsEmpty ? IdleTime : Patience) is { } record)
                {
                    if (_batch.IsEmpty)
                    {
                        _begun = _time.GetTimestamp();
                    }

                    _batch.Add(record.Topic, record.Partition, record.Offset, _reader.Read(record));
                    if (!_batch.IsFull)
                    {
                        continue;
                    }
                }

                Store(consumer, stopping);
                if (_time.GetElapsedTime(looked) > LookTime)
                {
                    looked = _time.GetTimestamp();
                    if (_files.AreRenewed())
                    {
                        Renewed();
                        return;
                    }
                }
            }
        }
        finally
        {
            // Leaves the group, so that the others take over at once.
            consumer.Close();
        }
    }

    /// <summary>How much longer a batch waits for more. Mostly not at all: it is as large as the store is slow. Where much comes it gathers, since
    /// an event in a large transaction costs half of one in a small one.</summary>
    private TimeSpan Patience => _busy && GatherTime - _time.GetElapsedTime(_begun) is { Ticks: > 0 } left ? left : TimeSpan.Zero;

    private ConsumeResult<byte[], byte[]>? Next(IConsumer<byte[], byte[]> consumer, TimeSpan wait)
    {
        try
        {
            ConsumeResult<byte[], byte[]>? record = consumer.Consume(wait);
            if (record is not null)
            {
                _refused = null;
                _reach.Confirm();
            }
            else if (wait > TimeSpan.Zero)
            {
                _reach.Check(consumer.Handle);
                if (_refused is not null && _refusalPasses && AreWhole(consumer.Handle))
                {
                    _refused = null;
                }
            }

            return record;
        }
        catch (ConsumeException error) when (error.Error.Code == ErrorCode.Local_AutoOffsetReset && error.ConsumerRecord is { } at)
        {
            Skip(consumer, at.TopicPartition);
        }
        catch (ConsumeException error) when (!error.Error.IsFatal)
        {
            // A topic that is not there yet, a partition without its leader, a poll that came late: the client goes on by itself.
            _refused = $"Kafka at {_options.BootstrapServers} does not give records: {error.Error.Reason}";
            _refusalPasses = error.Error.Code is not (ErrorCode.TopicAuthorizationFailed or ErrorCode.GroupAuthorizationFailed);
            Refused(error.Error.Reason);
        }

        return null;
    }

    /// <summary>Whether every topic is there with a leader for each partition: on a quiet stream no record tells that a refusal has passed.</summary>
    private bool AreWhole(Handle client)
    {
        try
        {
            using IAdminClient admin = new DependentAdminClientBuilder(client).Build();
            Metadata metadata = admin.GetMetadata(KafkaReach.Timeout);
            return _names.All.All(name => metadata.Topics.Find(topic => topic.Topic == name) is { Error.IsError: false } topic
                && topic.Partitions.TrueForAll(partition => !partition.Error.IsError));
        }
        catch (KafkaException)
        {
            return false;
        }
    }

    /// <summary>The stored position is older than what Kafka still has, or the topic was made anew: goes on from the earliest record, and says what is lost.</summary>
    private void Skip(IConsumer<byte[], byte[]> consumer, TopicPartition partition)
    {
        WatermarkOffsets has = consumer.QueryWatermarkOffsets(partition, AskTime);
        long from = _positions.Of(partition);
        long lost = Math.Max(0, has.Low.Value - Math.Max(0, from));
        Interlocked.Add(ref _skipped, lost);
        Gone(partition.ToString(), from, has.Low.Value, has.High.Value, lost);
        consumer.Seek(new TopicPartitionOffset(partition, has.Low));
    }

    private void Store(IConsumer<byte[], byte[]> consumer, CancellationToken stopping)
    {
        if (!_batch.IsEmpty)
        {
            LogPosition[] positions = [.. _batch.Next.Select(pair => new LogPosition(SinkPositions.Name(pair.Key), pair.Value, _positions.Of(pair.Key)))];
            AppendResult result = Retry(() => _commits.AppendAsync(_batch.Records, positions, stopping), "take records", stopping);
            Interlocked.Add(ref _stored, result.Added);
            Interlocked.Add(ref _repeated, result.Repeated);
            Interlocked.Add(ref _deadLetters, result.DeadLetters);
            foreach ((TopicPartition partition, long next) in _batch.Next)
            {
                _positions.Set(partition, next);
                Tell(consumer, new TopicPartitionOffset(partition, next));
            }

            _busy = _batch.Count >= BusyRecords;
            _batch.Clear();
        }

        Interlocked.Exchange(ref _lag, _positions.Lag(consumer));
    }

    private static void Tell(IConsumer<byte[], byte[]> consumer, TopicPartitionOffset position)
    {
        try
        {
            consumer.StoreOffset(position);
        }
        catch (KafkaException)
        {
            // No longer this sink's partition. What counts is in the store.
        }
    }

    /// <summary>Called inside a poll, on this thread.</summary>
    private List<TopicPartitionOffset> Assign(List<TopicPartition> partitions, CancellationToken stopping)
    {
        IReadOnlyList<LogPosition> stored = Retry(() => _store.ReadPositionsAsync(stopping), "tell its positions", stopping);
        _positions.Assign(partitions, stored);
        _problem = null;
        _refused = null;
        return partitions.ConvertAll(partition => new TopicPartitionOffset(
            partition, _positions.Of(partition) is >= 0 and long next ? new Offset(next) : Offset.Beginning));
    }

    private void Revoke(List<TopicPartitionOffset> partitions)
    {
        foreach (TopicPartitionOffset partition in partitions)
        {
            _batch.Drop(partition.TopicPartition);
            _positions.Remove(partition.TopicPartition);
        }
    }
}

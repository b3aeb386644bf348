using Confluent.Kafka;
using Sensing.CloudIngest.Bridge;

namespace Sensing.CloudIngest.Log.Kafka.Producing;

/// <summary>Batches to one broker, and its answers.</summary>
internal sealed partial class RecordProducer
{
    private const short AllReplicas = -1;

    /// <summary>How long the broker may wait for its replicas.</summary>
    private static readonly TimeSpan ReplicaTime = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan FirstRetry = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan LastRetry = TimeSpan.FromSeconds(2);

    private async Task SendAsync(BrokerLane lane, Backoff backoff, CancellationToken stopping)
    {
        var batches = new List<PartitionQueue>();
        KafkaConnection? connection = null;
        int generation = 0;
        int failures = 0;
        try
        {
            while (!stopping.IsCancellationRequested)
            {
                TimeSpan wait = Gather(lane, batches, out ProducerIdentity? identity, out BrokerAddress address);
                if (batches.Count == 0)
                {
                    await (wait == Timeout.InfiniteTimeSpan ? lane.WakeUp.WaitAsync(stopping).AsTask() : WaitAsync(lane.WakeUp, wait, stopping)).ConfigureAwait(false);
                    continue;
                }

                try
                {
                    if (connection is null || generation != _generation || connection.Address != address || connection.IsExpired)
                    {
                        connection?.Dispose();
                        connection = null;
                        generation = _generation;
                        connection = await KafkaConnection.OpenAsync(address, _options, AnswerTime, _time, stopping).ConfigureAwait(false);
                    }

                    await SendAsync(connection, batches, identity!, stopping).ConfigureAwait(false);
                    HandOver(lane, batches);
                    failures = 0;
                    backoff.Reset();
                }
#pragma warning disable CA1031 // Whatever a broker, the network or a file says: what was under way is sent again. The look tells when it is the whole cluster.
                catch (Exception error) when (!stopping.IsCancellationRequested)
#pragma warning restore CA1031
                {
                    connection?.Dispose();
                    connection = null;
                    Return(batches);
                    _look.Call();
                    _events.Delayed(error.Message);

                    // A connection that was quiet for long may be closed: at once on a new one.
                    if (++failures > 1)
                    {
                        await Task.Delay(backoff.Next(), _time, stopping).ConfigureAwait(false);
                    }
                }
                finally
                {
                    batches.Clear();
                }
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // What is under way is not known to be written, so it is never acknowledged.
        }
        finally
        {
            connection?.Dispose();
        }
    }

    /// <summary>Takes what is due for a broker.</summary>
    /// <returns>Where nothing is: how long until something is due unless more comes.</returns>
    private TimeSpan Gather(BrokerLane lane, List<PartitionQueue> due, out ProducerIdentity? identity, out BrokerAddress address)
    {
        lock (_lock)
        {
            identity = _identity;
            address = lane.Address;
            TimeSpan wait = TimeSpan.MaxValue;
            bool isDue = false;
            long now = _time.GetTimestamp();
            foreach (PartitionQueue queue in identity is null ? [] : lane.Queues)
            {
                if (queue.IsUnderWay || queue.First is not { } first)
                {
                    continue;
                }

                TimeSpan left = queue.NotBefore > now ? _time.GetElapsedTime(now, queue.NotBefore)
                    : queue.HasFull || _drained is not null ? TimeSpan.Zero
                    : _linger - _time.GetElapsedTime(first.Since, now);
                isDue |= left <= TimeSpan.Zero;
                wait = left < wait ? left : wait;
            }

            if (!isDue)
            {
                return wait == TimeSpan.MaxValue ? Timeout.InfiniteTimeSpan : wait;
            }

            // One is due: the others go with it.
            int bytes = 0;
            for (int i = 0; i < lane.Queues.Count && bytes < RequestBytes; i++)
            {
                PartitionQueue queue = lane.Queues[(lane.Turn + i) % lane.Queues.Count];
                if (!queue.IsUnderWay && queue.First is { } first && queue.NotBefore <= now)
                {
                    first.Close();
                    queue.IsUnderWay = true;
                    bytes += first.Length;
                    due.Add(queue);
                }
            }

            if (bytes >= RequestBytes)
            {
                // There may be more than this request takes: for another sender, where there is one.
                lane.WakeUp.Call();
            }

            lane.Turn = (lane.Turn + 1) % lane.Queues.Count;
            return TimeSpan.Zero;
        }
    }

    private async Task SendAsync(KafkaConnection connection, List<PartitionQueue> batches, ProducerIdentity identity, CancellationToken stopping)
    {
        // Version 7 is the first that takes zstd; from 8 on the broker says in words what is wrong.
        short version = connection.Version(ApiKey.Produce, _options.Compression == Configuration.KafkaCompression.Zstd ? (short)7 : (short)5, 8);
        RequestWriter request = connection.Begin(ApiKey.Produce, version);
        request.String(null);
        request.Int16(AllReplicas);
        request.Int32((int)ReplicaTime.TotalMilliseconds);
        Write(request, batches, identity);
        List<ProduceResult> results = ProduceResult.Read(await WithinAsync(connection, ReplicaTime + AnswerTime, bound => connection.AskAsync(bound).AsTask(), stopping).ConfigureAwait(false), version);
        ProduceResult[] found = [.. batches.Select(queue => results.Find(result => result.Index == queue.Index && result.Topic == queue.Topic)
            ?? throw new InvalidDataException("Kafka's answer lacks a partition."))];
        for (int i = 0; i < found.Length; i++)
        {
            if (found[i].Error is ErrorCode.NoError or ErrorCode.DuplicateSequenceNumber)
            {
                Done(batches[i]);
            }
            else
            {
                Refused(batches[i], found[i]);
            }
        }
    }

    private void Write(RequestWriter request, List<PartitionQueue> batches, ProducerIdentity identity)
    {
        string? topic = null;
        int topics = request.Later();
        int partitions = 0;
        int topicCount = 0;
        int partitionCount = 0;
        batches.Sort((one, other) => string.CompareOrdinal(one.Topic, other.Topic));
        foreach (PartitionQueue queue in batches)
        {
            // Nobody else touches a closed batch that is under way.
            RecordBatch batch;
            lock (_lock)
            {
                batch = queue.First!;
            }

            batch.Seal(_options.Compression);
            queue.Stamp(batch, identity);
            if (queue.Topic != topic)
            {
                topic = queue.Topic;
                request.String(topic);
                partitions = request.Later();
                partitionCount = 0;
                topicCount++;
            }

            request.Int32(queue.Index);
            request.Bytes(batch.Bytes);
            request.Fill(partitions, ++partitionCount);
        }

        request.Fill(topics, topicCount);
    }

    private void Done(PartitionQueue queue)
    {
        RecordBatch batch;
        lock (_lock)
        {
            batch = queue.Remove(isWritten: true);
            _waiting -= batch.Count;
            CheckDrained();
        }

        _events.Delivered(batch);
        batch.Complete();
    }

    /// <summary>The outcome is not known: they go again, under the same numbers.</summary>
    private void Return(List<PartitionQueue> batches)
    {
        lock (_lock)
        {
            foreach (PartitionQueue queue in batches)
            {
                queue.IsUnderWay = false;
            }
        }
    }

    /// <summary>Nobody has told the new leader's senders of a partition that was under way when it moved.</summary>
    private void HandOver(BrokerLane lane, List<PartitionQueue> batches)
    {
        lock (_lock)
        {
            foreach (PartitionQueue queue in batches)
            {
                if (queue.Leader != lane.Id && _lanes.TryGetValue(queue.Leader, out BrokerLane? leader))
                {
                    leader.WakeUp.Call();
                }
            }
        }
    }

    private void Refused(PartitionQueue queue, ProduceResult result)
    {
        string message = result.Message ?? new Error(result.Error).Reason;
        LogRecord? alone;
        lock (_lock)
        {
            alone = queue.First!.Alone;
        }

        if (result.Error is ErrorCode.MsgSizeTooLarge or ErrorCode.RecordListTooLarge && alone is { } record
            && _events.Instead(record, queue.Topic, message) is { } instead && TryReplace(queue, instead))
        {
            return;
        }

        Refusal refusal = Refusals.Of(result.Error);
        lock (_lock)
        {
            queue.IsUnderWay = false;
            TimeSpan wait = FirstRetry * Math.Pow(2, Math.Min(queue.Refusals++, 10));
            queue.NotBefore = _time.GetTimestamp() + (long)((wait < LastRetry ? wait : LastRetry).TotalSeconds * _time.TimestampFrequency);
            if (refusal == Refusal.Forgotten)
            {
                _identity = null;
            }
        }

        if (refusal is Refusal.Moved or Refusal.Forgotten)
        {
            _look.Call();
        }

        Tell(queue.Topic, result.Error, message);
    }

    private void Tell(string topic, ErrorCode error, string message)
    {
        if (Refusals.Of(error) is Refusal.Moved or Refusal.Later)
        {
            _events.Delayed($"{topic}: {message}");
        }
        else
        {
            _events.Refused(topic, error, message);
        }
    }

    /// <summary>Something else goes in the place of a record that its topic does not take, and completes its task.</summary>
    /// <returns>False where the partitions of that topic are not known yet: then the record is refused again a little later.</returns>
    private bool TryReplace(PartitionQueue queue, LogRecord instead)
    {
        lock (_lock)
        {
            _writer.Write(instead, _record);
            if (!_topics.TryGetValue(_record.Topic, out PartitionQueue[]? queues))
            {
                _ = Wanted(_record.Topic);
                return false;
            }

            RecordBatch refused = queue.Remove(isWritten: false);
            _waiting -= refused.Count;
            Append(queues, instead, refused);
            return true;
        }
    }
}

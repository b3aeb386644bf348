using Confluent.Kafka;

namespace Sensing.CloudIngest.Log.Kafka.Producing;

/// <summary>What the producer knows of the cluster: its brokers, who leads which partition, and its own name there.</summary>
internal sealed partial class RecordProducer
{
    /// <summary>Time between two looks at a cluster that is well.</summary>
    private static readonly TimeSpan LookPeriod = TimeSpan.FromSeconds(5);

    /// <summary>The same while a topic or a leader is missing.</summary>
    private static readonly TimeSpan MissingPeriod = TimeSpan.FromMilliseconds(250);

    /// <summary>Longest wait for a connection, and for an answer to a question.</summary>
    private static readonly TimeSpan AnswerTime = TimeSpan.FromSeconds(5);

    private async Task LookAsync(CancellationToken stopping)
    {
        var backoff = NewBackoff(-1);
        (KafkaConnection Connection, int Generation)? current = null;
        try
        {
            while (true)
            {
                TimeSpan wait;
                bool isOld = current is not null;
                try
                {
                    if (current is { } known && (known.Generation != _generation || known.Connection.IsExpired))
                    {
                        known.Connection.Dispose();
                        current = null;
                        isOld = false;
                    }

                    int generation = _generation;
                    current ??= (await OpenAnyAsync(stopping).ConfigureAwait(false), generation);
                    KafkaConnection connection = current.Value.Connection;
                    bool isWhole = await WithinAsync(connection, AnswerTime, bound => LookAsync(connection, bound, stopping), stopping).ConfigureAwait(false);
                    _events.Reached();
                    backoff.Reset();
                    wait = isWhole ? LookPeriod : MissingPeriod;
                }
#pragma warning disable CA1031 // Whatever a broker, the network or a file says: told, and tried again.
                catch (Exception error) when (!stopping.IsCancellationRequested)
#pragma warning restore CA1031
                {
                    current?.Connection.Dispose();
                    current = null;
                    if (isOld)
                    {
                        // A broker closes a connection that was quiet for long, and one that restarts closes all: no news yet.
                        continue;
                    }

                    _events.Unreachable(error.Message);
                    await Task.Delay(backoff.Next(), _time, stopping).ConfigureAwait(false);
                    continue;
                }

                await WaitAsync(_look, wait, stopping).ConfigureAwait(false);
            }
        }
        finally
        {
            current?.Connection.Dispose();
        }
    }

    /// <returns>Whether everything that is wanted was found.</returns>
    private async Task<bool> LookAsync(KafkaConnection connection, CancellationToken cancellation, CancellationToken stopping)
    {
        string[] wanted;
        lock (_lock)
        {
            wanted = [.. _topics.Keys, .. _unknown.Keys];
        }

        ClusterView view = await ClusterView.AskAsync(connection, wanted, !_options.Topics.Create, cancellation).ConfigureAwait(false);
        if (_identity is null)
        {
            ProducerIdentity identity = await ProducerIdentity.AskAsync(connection, cancellation).ConfigureAwait(false);
            lock (_lock)
            {
                _identity = identity;
            }
        }

        return Apply(view, stopping);
    }

    /// <summary>Bounds what is asked of a broker.</summary>
    /// <exception cref="IOException">No answer came in time.</exception>
    private async Task<T> WithinAsync<T>(KafkaConnection connection, TimeSpan time, Func<CancellationToken, Task<T>> ask, CancellationToken stopping)
    {
        using var bound = new CancellationTokenSource(time, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stopping, bound.Token);
        try
        {
            return await ask(either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!stopping.IsCancellationRequested)
        {
            throw new IOException($"{connection.Address} did not answer within {time.TotalSeconds:0} s");
        }
    }

    /// <summary>A connection to any broker, the known ones first.</summary>
    private async Task<KafkaConnection> OpenAnyAsync(CancellationToken stopping)
    {
        BrokerAddress[] addresses;
        lock (_lock)
        {
            addresses = [.. _lanes.Values.Select(lane => lane.Address).Union(BrokerAddress.Parse(_options.BootstrapServers))];
        }

        var reasons = new List<string>();
        foreach (BrokerAddress address in addresses)
        {
            try
            {
                return await KafkaConnection.OpenAsync(address, _options, AnswerTime, _time, stopping).ConfigureAwait(false);
            }
            catch (IOException error)
            {
                reasons.Add(error.Message);
            }
        }

        throw new IOException(string.Join("; ", reasons));
    }

    private bool Apply(ClusterView view, CancellationToken stopping)
    {
        bool isWhole = true;
        lock (_lock)
        {
            foreach ((int id, BrokerAddress address) in view.Brokers)
            {
                if (!_lanes.TryGetValue(id, out BrokerLane? lane))
                {
                    _lanes[id] = lane = new BrokerLane(id);
                    for (int i = 0; i < _options.MaxRequests; i++)
                    {
                        int number = (id * _options.MaxRequests) + i;
                        _sending.Add(Task.Run(() => SendAsync(lane, NewBackoff(number), stopping), CancellationToken.None));
                    }
                }

                lane.Address = address;
            }

            foreach ((string topic, int[] leaders) in view.Topics)
            {
                isWhole &= Apply(topic, leaders);
            }

            foreach (BrokerLane lane in _lanes.Values)
            {
                lane.Queues.Clear();
                lane.Queues.AddRange(_topics.Values.SelectMany(queues => queues).Where(queue => queue.Leader == lane.Id));
                lane.WakeUp.Call();
            }

            isWhole &= _unknown.Count == 0;
        }

        foreach ((string topic, ErrorCode error) in view.Errors)
        {
            Tell(topic, error, new Error(error).Reason);
        }

        return isWhole;
    }

    private bool Apply(string topic, int[] leaders)
    {
        PartitionQueue[] queues = _topics.GetValueOrDefault(topic, []);
        if (queues.Length < leaders.Length)
        {
            queues = [.. queues, .. Enumerable.Range(queues.Length, leaders.Length - queues.Length).Select(index => new PartitionQueue(topic, index))];
            _topics[topic] = queues;
        }

        foreach (PartitionQueue queue in queues)
        {
            // A topic that was made again with fewer partitions leaves some without a leader; what waits there comes again after a restart.
            queue.Leader = queue.Index < leaders.Length ? leaders[queue.Index] : -1;
        }

        if (_unknown.Remove(topic, out (TaskCompletionSource Known, long Since) wanted))
        {
            wanted.Known.TrySetResult();
        }

        return leaders.All(leader => leader >= 0);
    }

    /// <summary>Waits for a call, or for <paramref name="time"/>: whole milliseconds, as timers count, since one cut off would be waited for by asking again and again.</summary>
    private async Task WaitAsync(WakeUp wakeUp, TimeSpan time, CancellationToken stopping)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        Task call = wakeUp.WaitAsync(end.Token).AsTask();
        await Task.WhenAny(call, Task.Delay(TimeSpan.FromMilliseconds(Math.Ceiling(time.TotalMilliseconds)), _time, end.Token)).ConfigureAwait(false);
        await end.CancelAsync().ConfigureAwait(false);
        await call.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        stopping.ThrowIfCancellationRequested();
    }
}

using System.Threading.Channels;
using Sensing.CloudIngest.Configuration;

namespace Sensing.CloudIngest.Tests.Kafka.Producing;

/// <summary>A Kafka of one or more brokers on loopback that does what a script says: as much of the protocol as a producer needs, one log.</summary>
internal sealed class ScriptedKafka : IAsyncDisposable
{
    private const short NotLeader = 6;
    private const short UnknownTopic = 3;

    private readonly Lock _lock = new();
    private readonly Dictionary<string, int[]> _topics = [];
    private readonly Channel<ProduceRequest> _requests = Channel.CreateUnbounded<ProduceRequest>();
    private readonly TaskCompletionSource _released = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ScriptedBroker[] _brokers;
    private long _producers;
    private int _produced;
    private int _asked;

    /// <param name="brokers">How many, with the ids 1, 2, ...</param>
    public ScriptedKafka(int brokers = 1) => _brokers = [.. Enumerable.Range(1, brokers).Select(id => new ScriptedBroker(this, id))];

    public ScriptedLog Log { get; } = new();

    public string Servers => string.Join(',', _brokers.Select(broker => $"127.0.0.1:{broker.Port}"));

    /// <summary>Without compression, since the brokers read no other.</summary>
    public KafkaOptions Options => new() { BootstrapServers = Servers, Compression = KafkaCompression.None, LingerMs = 1 };

    /// <summary>What is done with each produce request to the right broker.</summary>
    public Func<ProduceRequest, Move> Script { get; set; } = _ => Move.Answer;

    /// <summary>What is done with each other request: 0, 1, ...</summary>
    public Func<int, MoveKind> QuestionScript { get; set; } = _ => MoveKind.Answer;

    /// <summary>The broker's words where a request is refused, in the versions that have such.</summary>
    public string? Words { get; set; }

    /// <summary>Versions of the produce request that the brokers know.</summary>
    public (int Lowest, int Highest) ProduceVersions { get; set; } = (3, 8);

    /// <summary>Whether a web server listens instead.</summary>
    public bool IsHttp { get; set; }

    /// <summary>Those that reached the leader.</summary>
    public ChannelReader<ProduceRequest> Requests => _requests.Reader;

    /// <summary>Makes a topic, or moves its leaders: one a partition.</summary>
    public void Lead(string topic, params int[] leaders)
    {
        lock (_lock)
        {
            _topics[topic] = leaders;
        }
    }

    /// <summary>What is held is answered.</summary>
    public void Release() => _released.TrySetResult();

    /// <returns>The answer to a request, and what becomes of it.</returns>
    public async Task<(byte[] Body, MoveKind Move)> AnswerAsync(int broker, short key, short version, WireReader request)
    {
        if (IsHttp)
        {
            return ([], MoveKind.Http);
        }

        (byte[] body, MoveKind move) = key switch
        {
            0 => Produce(broker, version, request),
            3 => (Metadata(request), QuestionScript(Interlocked.Increment(ref _asked) - 1)),
            18 => (Versions(), QuestionScript(Interlocked.Increment(ref _asked) - 1)),
            22 => (Producer(), QuestionScript(Interlocked.Increment(ref _asked) - 1)),
            _ => throw new InvalidDataException($"Nobody asks {key} of this broker."),
        };
        if (move == MoveKind.Hold)
        {
            await _released.Task;
        }

        return (body, move);
    }

    public async ValueTask DisposeAsync()
    {
        Release();
        foreach (ScriptedBroker broker in _brokers)
        {
            await broker.DisposeAsync();
        }
    }

    private byte[] Producer() => new WireWriter().Int32(0).Int16(0).Int64(Interlocked.Increment(ref _producers)).Int16(0).Written;

    private byte[] Versions()
    {
        (int Key, int Lowest, int Highest)[] known = [(0, ProduceVersions.Lowest, ProduceVersions.Highest), (3, 0, 8), (18, 0, 3), (22, 0, 2)];
        WireWriter answer = new WireWriter().Int16(0).Int32(known.Length);
        foreach ((int key, int lowest, int highest) in known)
        {
            answer.Int16(key).Int16(lowest).Int16(highest);
        }

        return answer.Written;
    }

    private byte[] Metadata(WireReader request)
    {
        string[] wanted = [.. Enumerable.Range(0, request.Int32()).Select(_ => request.Text()!)];
        _ = request.Byte();
        WireWriter answer = new WireWriter().Int32(0).Int32(_brokers.Length);
        foreach (ScriptedBroker broker in _brokers)
        {
            answer.Int32(broker.Id).Text("127.0.0.1").Int32(broker.Port).Text(null);
        }

        answer.Text("scripted").Int32(1).Int32(wanted.Length);
        foreach (string topic in wanted)
        {
            int[] leaders;
            lock (_lock)
            {
                leaders = _topics.GetValueOrDefault(topic, []);
            }

            answer.Int16(leaders.Length == 0 ? UnknownTopic : 0).Text(topic).Number(0, 1).Int32(leaders.Length);

            // Kafka gives the partitions in no order.
            foreach (int partition in Enumerable.Range(0, leaders.Length).Reverse())
            {
                answer.Int16(0).Int32(partition).Int32(leaders[partition]).Int32(1).Int32(leaders[partition]).Int32(1).Int32(leaders[partition]);
            }
        }

        return answer.Written;
    }

    private (byte[] Body, MoveKind Move) Produce(int broker, short version, WireReader request)
    {
        if (version is < 5 or > 8 || request.Text() is not null || request.Int16() != -1 || request.Int32() <= 0)
        {
            Log.Problem("A produce request does not begin as it must.");
        }

        var parts = new List<(string Topic, int Partition, ReadOnlyMemory<byte> Batch)>();
        for (int topics = request.Int32(); topics > 0; topics--)
        {
            string topic = request.Text()!;
            for (int partitions = request.Int32(); partitions > 0; partitions--)
            {
                parts.Add((topic, request.Int32(), request.Bytes()));
            }
        }

        if (request.Left != 0 || parts.Count == 0 || parts.Select(part => (part.Topic, part.Partition)).Distinct().Count() != parts.Count)
        {
            Log.Problem("A produce request has no parts, or one twice, or something after them.");
        }

        lock (_lock)
        {
            var asked = new ProduceRequest(_produced, broker, parts);
            if (!parts.TrueForAll(part => Leader(part.Topic, part.Partition) == broker))
            {
                return (Answer(version, parts, [.. parts.Select(part => Leader(part.Topic, part.Partition) == broker ? Log.Append(part.Topic, part.Partition, part.Batch) : NotLeader)]), MoveKind.Answer);
            }

            _produced++;
            Move move = Script(asked);
            short[] errors = [.. parts.Select((part, i) => Do(move, part, i == 0))];
            _requests.Writer.TryWrite(asked);
            return (Answer(version, move.Kind == MoveKind.AnswerNothing ? [] : parts, errors), move.Kind);
        }
    }

    private short Do(Move move, (string Topic, int Partition, ReadOnlyMemory<byte> Batch) part, bool isFirst)
    {
        switch (move.Kind)
        {
            case MoveKind.CloseBefore or MoveKind.Http:
                return 0;
            case MoveKind.Refuse:
            case MoveKind.RefuseFirst when isFirst:
                return move.Error;
            case MoveKind.AppendAndRefuse:
                return Log.Append(part.Topic, part.Partition, part.Batch) is 0 or ScriptedLog.Duplicate ? move.Error : ScriptedLog.OutOfOrder;
            case MoveKind.Forget:
                Log.Forget();
                return ScriptedLog.OutOfOrder;
            case MoveKind.MoveLeader:
                _topics[part.Topic] = [.. _topics[part.Topic].Select((leader, i) => i == part.Partition ? (leader % _brokers.Length) + 1 : leader)];
                return NotLeader;
            default:
                return Log.Append(part.Topic, part.Partition, part.Batch);
        }
    }

    private int Leader(string topic, int partition) => _topics.TryGetValue(topic, out int[]? leaders) && partition < leaders.Length ? leaders[partition] : -1;

    private byte[] Answer(short version, List<(string Topic, int Partition, ReadOnlyMemory<byte> Batch)> parts, short[] errors)
    {
        // One topic a part: the protocol allows it, and the order is nobody's business.
        WireWriter answer = new WireWriter().Int32(parts.Count);
        foreach (int i in Enumerable.Range(0, parts.Count).Reverse())
        {
            answer.Text(parts[i].Topic).Int32(1).Int32(parts[i].Partition).Int16(errors[i]).Int64(0).Int64(-1).Int64(0);
            if (version >= 8)
            {
                answer.Int32(0).Text(errors[i] == 0 ? null : Words);
            }
        }

        return answer.Int32(0).Written;
    }
}

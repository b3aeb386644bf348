using System.Security.Cryptography;

namespace Sensing.CloudIngest.Tests.Kafka.Producing;

/// <summary>What the scripted brokers have, and what they know of producers, as Kafka does: of each in each partition the number that comes next.</summary>
internal sealed class ScriptedLog
{
    public const short Corrupt = 2;
    public const short OutOfOrder = 45;
    public const short Duplicate = 46;

    private readonly Lock _lock = new();
    private readonly List<(string Topic, int Partition, WireRecord Record)> _records = [];
    private readonly HashSet<string> _values = [];
    private readonly Dictionary<(long Producer, string Topic, int Partition), (int First, int Next, uint Crc)> _producers = [];
    private readonly List<string> _problems = [];
    private int _duplicates;

    /// <summary>In the order of each partition.</summary>
    public (string Topic, int Partition, WireRecord Record)[] Records
    {
        get
        {
            lock (_lock)
            {
                return [.. _records];
            }
        }
    }

    /// <summary>What no producer may do.</summary>
    public string[] Problems
    {
        get
        {
            lock (_lock)
            {
                return [.. _problems];
            }
        }
    }

    public bool Has(ReadOnlySpan<byte> value)
    {
        string mark = Mark(value);
        lock (_lock)
        {
            return _values.Contains(mark);
        }
    }

    public void Forget()
    {
        lock (_lock)
        {
            _producers.Clear();
        }
    }

    public void Problem(string problem)
    {
        lock (_lock)
        {
            _problems.Add(problem);
        }
    }

    /// <returns>Kafka's number of the error; 0: it is there.</returns>
    public short Append(string topic, int partition, ReadOnlyMemory<byte> bytes)
    {
        WireBatch batch;
        try
        {
            batch = WireBatch.Read(bytes);
        }
        catch (InvalidDataException error)
        {
            Problem(error.Message);
            return Corrupt;
        }

        lock (_lock)
        {
            (long, string, int) who = (batch.ProducerId, topic, partition);
            (int First, int Next, uint Crc) known = _producers.GetValueOrDefault(who);
            int count = batch.Records.Count;
            int next = (int)((batch.Sequence + (long)count) % (1L << 31));
            if (_producers.ContainsKey(who) && batch.Sequence == known.First && next == known.Next)
            {
                if (batch.Crc != known.Crc)
                {
                    _problems.Add($"What comes again as {batch.Sequence} of {topic}/{partition} is not what it was.");
                }

                // Both are an answer of Kafka: it says so only of what is older than it remembers the offsets of.
                return _duplicates++ % 2 == 0 ? Duplicate : (short)0;
            }

            if (batch.Sequence != known.Next)
            {
                return OutOfOrder;
            }

            _producers[who] = (batch.Sequence, next, batch.Crc);
            foreach (WireRecord record in batch.Records)
            {
                _records.Add((topic, partition, record));
                _values.Add(Mark(record.Value));
            }

            return 0;
        }
    }

    private static string Mark(ReadOnlySpan<byte> value) => Convert.ToHexString(SHA256.HashData(value));
}

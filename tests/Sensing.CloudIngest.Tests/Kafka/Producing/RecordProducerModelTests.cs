using System.Buffers.Binary;
using System.Collections.Concurrent;
using CsCheck;
using Sensing.CloudIngest.Configuration;
using Sensing.CloudIngest.Log;
using Sensing.CloudIngest.Log.Kafka;
using Sensing.CloudIngest.Tests.Support;

namespace Sensing.CloudIngest.Tests.Kafka.Producing;

/// <summary>Whatever brokers do, each record arrives, in the order of its key.</summary>
public class RecordProducerModelTests
{
    private const int Keys = 6;

    private static readonly Gen<Move> AnyMove = Gen.Frequency(
        (3, Gen.Const(Move.Answer)),
        (6, Any(
            MoveKind.CloseBefore, MoveKind.CloseAfter, MoveKind.AnswerHalf, MoveKind.AnswerShort, MoveKind.AnswerOther, MoveKind.AnswerNothing, MoveKind.Http,
            MoveKind.MoveLeader).Select(kind => new Move(kind))),
        (3, Gen.Select(Any(MoveKind.Refuse, MoveKind.RefuseFirst), Any<short>(6, 7, 19, 87, 2, 5)).Select((kind, error) => new Move(kind, error))),
        (1, Any<short>(7, 20).Select(error => new Move(MoveKind.AppendAndRefuse, error))));

    private static readonly Gen<MoveKind> AnyAnswer = Any(
        MoveKind.Answer, MoveKind.Answer, MoveKind.CloseBefore, MoveKind.AnswerHalf, MoveKind.AnswerShort, MoveKind.AnswerOther, MoveKind.Http);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public Task Every_record_arrives_once_and_in_the_order_of_its_key() => RunAsync(AnyMove, mayRepeat: false, iterations: 80);

    /// <summary>Then some may be there twice, which the store knows; what is there first is still in order.</summary>
    [Fact]
    public Task Every_record_arrives_in_the_order_of_its_key_although_the_brokers_forget_the_producer() =>
        RunAsync(Gen.Frequency((3, AnyMove), (1, Gen.Const(new Move(MoveKind.Forget)))), mayRepeat: true, iterations: 40);

    private static Task RunAsync(Gen<Move> move, bool mayRepeat, int iterations) =>
        Gen.Select(move.Array[0, 12], AnyAnswer.Array[0, 8], Gen.Select(Gen.Int[0, (2 * Keys) - 1], Gen.Frequency((8, Gen.Int[4, 2000]), (1, Gen.Int[60_000, 150_000]))).Array[1, 60], Gen.Int[1, 3], Gen.Int[5, 8], Gen.Int[1, 8]).SampleAsync(
            (moves, answers, records, requests, version, pause) => CheckAsync(moves, answers, records, requests, version, pause, mayRepeat),
            iter: iterations,
            threads: 2,
            print: sample => $"{string.Join(", ", sample.Item1)}; {string.Join(", ", sample.Item2)}; {string.Join(", ", sample.Item3)}; {sample.Item4}, {sample.Item5}, {sample.Item6}");

    private static async Task CheckAsync(Move[] moves, MoveKind[] answers, (int Key, int Size)[] sizes, int requests, int version, int pause, bool mayRepeat)
    {
        await using var kafka = new ScriptedKafka(brokers: 2) { ProduceVersions = (3, version) };
        KafkaOptions options = kafka.Options with { MaxRequests = requests };
        var names = new KafkaTopicNames(options.Topics, Sample.Catalogue);
        kafka.Lead(names.DeadLetter, 1, 2, 1, 2);
        kafka.Lead(names.Node, 2, 1);
        var script = new ConcurrentQueue<Move>(moves);
        kafka.QuestionScript = number => number < answers.Length ? answers[number] : MoveKind.Answer;
        kafka.Script = _ => script.TryDequeue(out Move next) ? next : Move.Answer;

        LogRecord[] records = [.. sizes.Select((record, i) => Record(i, record.Key, record.Size))];
        await using (RunningProducer producer = RunningProducer.Start(options, new HurriedTime()))
        {
            var durable = new List<Task>();
            foreach (LogRecord[] some in records.Chunk(Math.Max(1, records.Length / pause)))
            {
                Task[] tasks = await producer.AppendAsync(some, Cancel);
                durable.AddRange(tasks.Zip(some, (task, record) => Check(kafka.Log, task, record)));

                // What has been given so far is under way when the rest comes.
                await Task.Yield();
            }

            await Task.WhenAll(durable).WaitAsync(Cancel);
            Assert.Equal(records.Length, producer.Delivered);
            Assert.Null(producer.Producer.Oldest);
        }

        Assert.Empty(kafka.Log.Problems);
        var read = kafka.Log.Records.Select(item => (item.Topic, item.Record.Key, Number: BinaryPrimitives.ReadInt32BigEndian(item.Record.Value))).ToArray();
        if (!mayRepeat)
        {
            Assert.Equal(records.Length, read.Length);
        }

        Assert.Equal(Enumerable.Range(0, records.Length), read.Select(item => item.Number).Distinct().Order());
        foreach (IGrouping<(string, string), int> key in read.GroupBy(item => (item.Topic, item.Key), item => item.Number))
        {
            int[] first = [.. key.Distinct()];
            Assert.Equal(first.Order(), first);
        }
    }

    private static Gen<T> Any<T>(params T[] values) => Gen.Int[0, values.Length - 1].Select(i => values[i]);

    private static async Task Check(ScriptedLog log, Task durable, LogRecord record)
    {
        await durable.ConfigureAwait(ConfigureAwaitOptions.ContinueOnCapturedContext);
        Assert.True(log.Has(Value(record)), "It is said to be durable before it is.");
    }

    private static byte[] Value(LogRecord record) => record is DeadLetterRecord letter ? letter.Payload.ToArray() : ((NodeStatusRecord)record).Status.ToArray();

    private static LogRecord Record(int number, int key, int size)
    {
        byte[] value = new byte[size];
        BinaryPrimitives.WriteInt32BigEndian(value, number);
        DateTimeOffset arrival = Sample.Noon.AddMilliseconds((number * 7919) % 1000);
        return key < Keys ? new DeadLetterRecord($"key-{key}", "{}", value, "ü", arrival) : new NodeStatusRecord("tunnel", $"cabinet-{key}", value, arrival);
    }
}

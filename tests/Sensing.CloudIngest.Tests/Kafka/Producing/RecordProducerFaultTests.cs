using System.Collections.Concurrent;
using System.Text;
using Sensing.CloudIngest.Configuration;
using Sensing.CloudIngest.Log;
using Sensing.CloudIngest.Log.Kafka;
using Sensing.CloudIngest.Tests.Support;

namespace Sensing.CloudIngest.Tests.Kafka.Producing;

/// <summary>One fault at a time.</summary>
public class RecordProducerFaultTests
{
    private static readonly KafkaTopicNames Names = new(new KafkaTopicOptions(), Sample.Catalogue);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static TheoryData<string, int> Moves()
    {
        var data = new TheoryData<string, int>();
        MoveKind[] kinds =
        [
            MoveKind.Answer, MoveKind.CloseBefore, MoveKind.CloseAfter, MoveKind.AnswerHalf, MoveKind.AnswerShort, MoveKind.AnswerOther, MoveKind.AnswerNothing,
            MoveKind.Http, MoveKind.Forget, MoveKind.MoveLeader,
        ];
        foreach (MoveKind kind in kinds)
        {
            data.Add(kind.ToString(), 0);
        }

        foreach (int error in new[] { 2, 3, 5, 6, 7, 19, 45, 59, 87, 89 })
        {
            data.Add(nameof(MoveKind.Refuse), error);
            data.Add(nameof(MoveKind.RefuseFirst), error);
        }

        data.Add(nameof(MoveKind.AppendAndRefuse), 7);
        data.Add(nameof(MoveKind.AppendAndRefuse), 20);
        return data;
    }

    [Theory]
    [MemberData(nameof(Moves))]
    public async Task After_a_fault_that_comes_three_times_everything_is_there_once_and_in_order(string kind, int error)
    {
        await using ScriptedKafka kafka = Kafka();
        var move = new Move(Enum.Parse<MoveKind>(kind), (short)error);
        kafka.Script = request => request.Number < 3 ? move : Move.Answer;
        await using RunningProducer producer = RunningProducer.Start(kafka.Options, new HurriedTime());

        await Task.WhenAll(await producer.AppendAsync(Letters(20), Cancel)).WaitAsync(Cancel);

        Assert.Empty(kafka.Log.Problems);
        Assert.Equal(20, kafka.Log.Records.Length);
        foreach (var key in kafka.Log.Records.GroupBy(item => item.Record.Key, item => item.Record.Value[0]))
        {
            Assert.Equal(key.Order(), key);
        }
    }

    [Fact]
    public async Task A_record_is_written_with_its_key_its_headers_and_its_time()
    {
        await using ScriptedKafka kafka = Kafka();
        await using RunningProducer producer = RunningProducer.Start(kafka.Options, new HurriedTime());

        await Task.WhenAll(await producer.AppendAsync([new DeadLetterRecord("ä/b", "{}", new byte[] { 0, 255 }, "no event: ü", Sample.Noon)], Cancel)).WaitAsync(Cancel);

        (string topic, _, WireRecord record) = Assert.Single(kafka.Log.Records);
        Assert.Equal(Names.DeadLetter, topic);
        Assert.Equal("ä/b", record.Key);
        Assert.Equal([0, 255], record.Value);
        Assert.Equal(Sample.Noon.ToUnixTimeMilliseconds(), record.Timestamp);
        Assert.Equal([("sensing_reason", "no event: ü"), ("mqtt_topic", "ä/b"), ("mqtt_properties", "{}")], record.Headers);
    }

    [Fact]
    public async Task What_waits_follows_its_leader_to_another_broker()
    {
        await using var kafka = new ScriptedKafka(brokers: 2);
        kafka.Lead(Names.DeadLetter, 1);
        await using RunningProducer producer = RunningProducer.Start(kafka.Options, new HurriedTime());
        await Task.WhenAll(await producer.AppendAsync(Letters(3), Cancel)).WaitAsync(Cancel);

        kafka.Lead(Names.DeadLetter, 2);
        await Task.WhenAll(await producer.AppendAsync(Letters(3), Cancel)).WaitAsync(Cancel);

        Assert.Equal(6, kafka.Log.Records.Length);
        Assert.Equal([1, 2], Taken(kafka).Select(request => request.Broker).Distinct());
        Assert.Empty(kafka.Log.Problems);
    }

    [Fact]
    public async Task A_partition_without_a_leader_waits_for_one_and_its_neighbour_does_not()
    {
        await using var kafka = new ScriptedKafka();
        kafka.Lead(Names.DeadLetter, 1, -1);
        await using RunningProducer producer = RunningProducer.Start(kafka.Options, new HurriedTime());

        Task[] durable = await producer.AppendAsync(Letters(20), Cancel);
        await Task.WhenAny(durable).WaitAsync(Cancel);
        Assert.Contains(durable, task => !task.IsCompleted);
        kafka.Lead(Names.DeadLetter, 1, 1);
        await Task.WhenAll(durable).WaitAsync(Cancel);

        Assert.Equal(20, kafka.Log.Records.Length);
    }

    [Fact]
    public async Task A_topic_that_is_not_there_is_told_and_waited_for()
    {
        await using var kafka = new ScriptedKafka();
        await using RunningProducer producer = RunningProducer.Start(kafka.Options, new HurriedTime());
        Task<Task[]> appending = producer.AppendAsync(Letters(3), Cancel);

        Assert.Contains(Names.DeadLetter, await producer.Delays.ReadAsync(Cancel), StringComparison.Ordinal);
        Assert.NotNull(producer.Producer.Oldest);
        Assert.False(appending.IsCompleted);
        kafka.Lead(Names.DeadLetter, 1);
        await Task.WhenAll(await appending).WaitAsync(Cancel);

        Assert.Equal(3, kafka.Log.Records.Length);
    }

    [Fact]
    public async Task Partitions_that_are_added_are_used()
    {
        await using var kafka = new ScriptedKafka();
        kafka.Lead(Names.DeadLetter, 1);
        await using RunningProducer producer = RunningProducer.Start(kafka.Options, new HurriedTime());
        await Task.WhenAll(await producer.AppendAsync(Letters(20), Cancel)).WaitAsync(Cancel);

        // A topic that is asked for makes it look, and it looks after all of them.
        kafka.Lead(Names.DeadLetter, 1, 1, 1);
        kafka.Lead(Names.Node, 1);
        await Task.WhenAll(await producer.AppendAsync([new NodeStatusRecord("tunnel", "cabinet-1", new byte[] { 1 }, Sample.Noon)], Cancel)).WaitAsync(Cancel);
        await Task.WhenAll(await producer.AppendAsync(Letters(20), Cancel)).WaitAsync(Cancel);

        Assert.Equal([0, 1, 2], kafka.Log.Records.Where(item => item.Topic == Names.DeadLetter).Select(item => item.Partition).Distinct().Order());
        Assert.Empty(kafka.Log.Problems);
    }

    [Fact]
    public async Task A_record_that_is_too_large_becomes_what_is_sent_instead_and_its_neighbours_keep_their_order()
    {
        await using var kafka = new ScriptedKafka();
        string other = Names.Of(Sample.Other("", Sample.Noon).Type);
        kafka.Lead(other, 1);
        kafka.Lead(Names.DeadLetter, 1);
        kafka.Words = "too large";
        kafka.Script = request => request.Parts.Any(part => part.Topic == other && part.Batch.Length > 300_000) ? new Move(MoveKind.Refuse, 10) : Move.Answer;
        await using RunningProducer producer = RunningProducer.Start(kafka.Options, new HurriedTime());
        string large = $"\"{new string('x', 400_000)}\"";

        await Task.WhenAll(await producer.AppendAsync(
            Enumerable.Range(0, 5).Select(i => Sample.Record(Sample.Other($"{i}", Sample.Noon.AddSeconds(i), i % 2 == 0 ? "{}" : large))), Cancel)).WaitAsync(Cancel);

        Assert.Equal(5, producer.Delivered);
        Assert.Null(producer.Producer.Oldest);
        Assert.Equal(["0", "2", "4"], kafka.Log.Records.Where(item => item.Topic == other).Select(item => item.Record.Headers.Single(header => header.Name == "ce_id").Value));
        WireRecord[] letters = [.. kafka.Log.Records.Where(item => item.Topic == Names.DeadLetter).Select(item => item.Record)];
        Assert.Equal(2, letters.Length);
        Assert.All(letters, letter => Assert.Contains(("sensing_reason", "not taken: too large"), letter.Headers));
        Assert.Empty(kafka.Log.Problems);
    }

    [Fact]
    public async Task A_refusal_that_does_not_pass_is_told_in_the_brokers_words_and_tried_until_it_is_taken()
    {
        await using ScriptedKafka kafka = Kafka();
        var isRefused = new ConcurrentBag<int>([1]);
        kafka.Words = "no such field";
        kafka.Script = _ => isRefused.IsEmpty ? Move.Answer : new Move(MoveKind.Refuse, 87);
        await using RunningProducer producer = RunningProducer.Start(kafka.Options, new HurriedTime());
        Task[] durable = await producer.AppendAsync(Letters(1), Cancel);

        Assert.Contains("no such field", await producer.Refused.WaitAsync(Cancel), StringComparison.Ordinal);
        while ((await kafka.Requests.ReadAsync(Cancel)).Number < 4)
        {
            // It is tried again.
        }

        Assert.False(durable[0].IsCompleted);
        isRefused.Clear();
        await durable[0].WaitAsync(Cancel);
        Assert.Single(kafka.Log.Records);
    }

    [Fact]
    public async Task A_broker_that_is_too_old_is_told_with_its_address()
    {
        await using ScriptedKafka kafka = Kafka();
        kafka.ProduceVersions = (3, 4);
        await using RunningProducer producer = RunningProducer.Start(kafka.Options, new HurriedTime());
        await producer.AppendAsync(Letters(1), Cancel);

        string told = await producer.Delays.ReadAsync(Cancel);

        Assert.Contains(kafka.Servers, told, StringComparison.Ordinal);
        Assert.Contains("Kafka 1.0", told, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_web_server_in_the_brokers_place_is_told_until_the_broker_is_back()
    {
        await using ScriptedKafka kafka = Kafka();
        kafka.IsHttp = true;
        await using RunningProducer producer = RunningProducer.Start(kafka.Options, new HurriedTime());
        Task<Task[]> appending = producer.AppendAsync(Letters(3), Cancel);

        string told = await producer.Unreachable.WaitAsync(Cancel);
        kafka.IsHttp = false;
        await Task.WhenAll(await appending).WaitAsync(Cancel);

        Assert.Contains(kafka.Servers, told, StringComparison.Ordinal);
        Assert.Contains("no answer of Kafka", told, StringComparison.Ordinal);
        Assert.Equal(3, kafka.Log.Records.Length);
    }

    /// <summary>The hint at TLS is for a broker that has not said a word.</summary>
    [Fact]
    public async Task A_password_that_cannot_be_read_is_told_as_that()
    {
        await using ScriptedKafka kafka = Kafka();
        await using RunningProducer producer = RunningProducer.Start(
            kafka.Options with { Sasl = new KafkaSaslOptions { User = "bridge", PasswordFile = "/nowhere/password" } }, new HurriedTime());

        string told = await producer.Unreachable.WaitAsync(Cancel);

        Assert.Contains("/nowhere/password", told, StringComparison.Ordinal);
        Assert.DoesNotContain("TLS", told, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Stopping_cancels_what_waits()
    {
        await using ScriptedKafka kafka = Kafka();
        kafka.Script = _ => new Move(MoveKind.Hold);
        Task[] durable;
        RunningProducer producer;
        Task<Task[]> unknown;
        await using (producer = RunningProducer.Start(kafka.Options, new HurriedTime()))
        {
            durable = await producer.AppendAsync(Letters(3), Cancel);
            unknown = producer.AppendAsync([new NodeStatusRecord("tunnel", "cabinet-1", new byte[] { 1 }, Sample.Noon)], Cancel);
            await kafka.Requests.ReadAsync(Cancel);
        }

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Task.WhenAll(durable).WaitAsync(Cancel));
        Assert.All(durable, task => Assert.True(task.IsCanceled));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => unknown.WaitAsync(Cancel));
        Assert.Throws<OperationCanceledException>(() => producer.Producer.TryAppend(Letters(1)[0], out _, out _));
        Assert.Null(producer.Producer.Oldest);
        await producer.Producer.DrainAsync().WaitAsync(Cancel);
    }

    private static ScriptedKafka Kafka()
    {
        var kafka = new ScriptedKafka(brokers: 1);
        kafka.Lead(Names.DeadLetter, 1, 1);
        return kafka;
    }

    private static LogRecord[] Letters(int count) =>
        [.. Enumerable.Range(0, count).Select(i => new DeadLetterRecord($"key-{i % 4}", "{}", new byte[] { (byte)i }, Encoding.ASCII.GetString([(byte)('a' + i)]), Sample.Noon))];

    private static List<ProduceRequest> Taken(ScriptedKafka kafka)
    {
        var all = new List<ProduceRequest>();
        while (kafka.Requests.TryRead(out ProduceRequest? request))
        {
            all.Add(request);
        }

        return all;
    }
}

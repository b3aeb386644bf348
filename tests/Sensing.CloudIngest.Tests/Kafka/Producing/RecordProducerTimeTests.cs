using Sensing.CloudIngest.Configuration;
using Sensing.CloudIngest.Log;
using Sensing.CloudIngest.Log.Kafka;
using Sensing.CloudIngest.Tests.Support;

namespace Sensing.CloudIngest.Tests.Kafka.Producing;

/// <summary>When what is sent, with a clock that stands still unless it is moved.</summary>
public class RecordProducerTimeTests
{
    private static readonly KafkaTopicNames Names = new(new KafkaTopicOptions(), Sample.Catalogue);
    private static readonly TimeSpan Linger = TimeSpan.FromMilliseconds(20);
    private static readonly NodeStatusRecord Status = new("tunnel", "cabinet-1", new byte[] { 1 }, Sample.Noon);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Records_wait_for_more_as_long_as_they_may_and_go_together()
    {
        await using var kafka = new ScriptedKafka();
        kafka.Lead(Names.DeadLetter, 1, 1, 1);
        var time = new WatchedTime();
        await using RunningProducer producer = RunningProducer.Start(kafka.Options with { LingerMs = 20 }, time);
        Task[] durable = await producer.AppendAsync([Letter("a"), Letter("a"), Letter("b"), Letter("c")], Cancel);

        await time.WaitedForAsync(Linger, Cancel);
        time.Advance(Linger - TimeSpan.FromMilliseconds(1));
        Assert.False(kafka.Requests.TryRead(out _));
        time.Advance(TimeSpan.FromMilliseconds(1));
        await time.MoveUntilAsync(Task.WhenAll(durable), Linger, Cancel);

        Assert.Equal(4, kafka.Log.Records.Length);
        Assert.Equal(0, (await kafka.Requests.ReadAsync(Cancel)).Number);
        Assert.False(kafka.Requests.TryRead(out _));
    }

    /// <summary>A timer counts whole milliseconds: cut off, the last part of one would be a wait for nothing, again and again.</summary>
    [Fact]
    public async Task The_last_part_of_a_millisecond_is_waited_for_as_a_whole()
    {
        await using var kafka = new ScriptedKafka();
        kafka.Lead(Names.DeadLetter, 1);
        kafka.Lead(Names.Node, 1);
        var time = new WatchedTime();
        await using RunningProducer producer = RunningProducer.Start(kafka.Options with { LingerMs = 20 }, time);
        Task[] first = await producer.AppendAsync([Letter("a")], Cancel);
        await time.WaitedForAsync(Linger, Cancel);

        // The other topic's record wakes the sender.
        time.Advance(TimeSpan.FromMilliseconds(19.5));
        Task[] second = await producer.AppendAsync([Status], Cancel);
        await time.WaitedForAsync(TimeSpan.FromMilliseconds(1), Cancel);
        time.Advance(TimeSpan.FromMilliseconds(1));
        await time.MoveUntilAsync(Task.WhenAll([.. first, .. second]), Linger, Cancel);

        Assert.Equal(2, kafka.Log.Records.Length);
    }

    [Fact]
    public async Task A_full_batch_goes_at_once_and_the_rest_when_nothing_more_is_to_come()
    {
        await using var kafka = new ScriptedKafka();
        kafka.Lead(Names.DeadLetter, 1);
        await using RunningProducer producer = RunningProducer.Start(kafka.Options with { LingerMs = 20 }, new WatchedTime());
        Task[] durable = await producer.AppendAsync([Letter("a", 100_000), Letter("a", 100_000), Letter("a", 100_000)], Cancel);

        await Task.WhenAll(durable[..2]).WaitAsync(Cancel);
        Assert.False(durable[2].IsCompleted);
        await producer.Producer.DrainAsync().WaitAsync(Cancel);

        await durable[2].WaitAsync(Cancel);
        Assert.Equal(3, kafka.Log.Records.Length);
    }

    [Fact]
    public async Task A_broker_that_does_not_answer_is_given_up_and_asked_again()
    {
        await using var kafka = new ScriptedKafka();
        kafka.Lead(Names.DeadLetter, 1);
        kafka.Script = request => request.Number == 0 ? new Move(MoveKind.Hold) : Move.Answer;
        var time = new WatchedTime();
        await using RunningProducer producer = RunningProducer.Start(kafka.Options with { LingerMs = 0 }, time);
        Task[] durable = await producer.AppendAsync([Letter("a")], Cancel);
        await kafka.Requests.ReadAsync(Cancel);

        time.Advance(TimeSpan.FromSeconds(35));
        Assert.Contains("did not answer within 35 s", await producer.Delays.ReadAsync(Cancel), StringComparison.Ordinal);
        await Task.WhenAll(durable).WaitAsync(Cancel);

        Assert.Single(kafka.Log.Records);
    }

    /// <summary>No time passes: whoever sends to the new leader has to be told.</summary>
    [Fact]
    public async Task A_partition_that_moves_while_a_batch_is_under_way_goes_on_at_its_new_leader()
    {
        await using var kafka = new ScriptedKafka(brokers: 2);
        kafka.Lead(Names.DeadLetter, 1);
        kafka.Script = request => request.Number == 0 ? new Move(MoveKind.Hold) : Move.Answer;
        await using RunningProducer producer = RunningProducer.Start(kafka.Options with { LingerMs = 0 }, new WatchedTime());
        Task[] first = await producer.AppendAsync([Letter("a")], Cancel);
        await kafka.Requests.ReadAsync(Cancel);
        Task[] second = await producer.AppendAsync([Letter("a")], Cancel);

        // An unknown topic makes it look at the cluster.
        kafka.Lead(Names.DeadLetter, 2);
        kafka.Lead(Names.Node, 2);
        await Task.WhenAll(await producer.AppendAsync([Status], Cancel)).WaitAsync(Cancel);
        kafka.Release();
        await Task.WhenAll([.. first, .. second]).WaitAsync(Cancel);

        Assert.Empty(kafka.Log.Problems);
        Assert.Equal(3, kafka.Log.Records.Length);
    }

    private static DeadLetterRecord Letter(string key, int size = 1) => new(key, "{}", new byte[size], "", Sample.Noon);
}

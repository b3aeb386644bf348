using Sensing.CloudIngest.Log;
using Sensing.CloudIngest.Store;
using Sensing.CloudIngest.Tests.Support;

namespace Sensing.CloudIngest.Tests.Store;

/// <summary>Positions of a partitioned log: who appends from where the store is no longer writes nothing.</summary>
public abstract partial class EventStoreContract
{
    [Fact]
    public async Task An_append_from_where_the_store_is_moves_it_and_one_from_elsewhere_writes_nothing()
    {
        await Store.AppendAsync([Sample.Record(Sample.Other("a", Noon))], [new LogPosition("das-0", 5, LogPosition.NotStored)], Cancel);
        await Store.AppendAsync([Sample.Record(Sample.Other("b", Noon))], [new LogPosition("das-0", 9, 5)], Cancel);
        long commits = Store.Commits.Version;

        PositionConflictException conflict = await Assert.ThrowsAsync<PositionConflictException>(() => Store.AppendAsync(
            [Sample.Record(Sample.Vehicle(Noon)), new DeadLetterRecord("t", "{}", new byte[] { 1 }, "r", Noon)],
            [new LogPosition("das-1", 3, LogPosition.NotStored), new LogPosition("das-0", 7, 5)], Cancel));

        Assert.Equal("das-0", conflict.Partition);
        Assert.Equal(commits, Store.Commits.Version);
        Assert.Equal(["a", "b"], (await AllAsync()).Select(item => item.Id));
        Assert.Equal([new LogPosition("das-0", 9)], await Store.ReadPositionsAsync(Cancel));
        Assert.Empty(await Store.ReadDeadLettersAsync(10, Cancel));
        await Store.AppendAsync([Sample.Record(Sample.Vehicle(Noon))], [new LogPosition("das-0", 10, 9)], Cancel);
        Assert.Equal(3, (await AllAsync()).Count);
    }

    [Fact]
    public async Task A_partition_that_is_known_is_not_begun_anew_and_one_that_is_not_is_not_gone_on_with()
    {
        await Store.AppendAsync([], [new LogPosition("das-0", 0, LogPosition.NotStored)], Cancel);

        await Assert.ThrowsAsync<PositionConflictException>(() => Store.AppendAsync([], [new LogPosition("das-0", 4, LogPosition.NotStored)], Cancel));
        await Assert.ThrowsAsync<PositionConflictException>(() => Store.AppendAsync([], [new LogPosition("das-1", 4, 0)], Cancel));

        Assert.Equal([new LogPosition("das-0", 0)], await Store.ReadPositionsAsync(Cancel));
    }

    [Fact]
    public async Task Of_writers_that_begin_at_one_position_exactly_one_gets_through()
    {
        await Store.AppendAsync([], [new LogPosition("das-0", 10)], Cancel);

        bool[] written = await Task.WhenAll(Enumerable.Range(0, 8).Select(async i =>
        {
            try
            {
                await Store.AppendAsync([Sample.Record(Sample.Other($"{i}", Noon))], [new LogPosition("das-0", 20, 10)], Cancel);
                return true;
            }
            catch (PositionConflictException)
            {
                return false;
            }
        }));

        Assert.Single(written, true);
        Assert.Single(await AllAsync());
    }
}

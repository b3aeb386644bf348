using Sensing.CloudIngest.Log;

namespace Sensing.CloudIngest.Tests.Log;

public class ByteBudgetTests
{
    [Fact]
    public async Task Who_finds_no_room_waits_its_turn_and_a_large_one_is_not_overtaken()
    {
        var budget = new ByteBudget(100);
        await budget.TakeAsync(80, CancellationToken.None);
        Task large = budget.TakeAsync(90, CancellationToken.None);
        Task small = budget.TakeAsync(10, CancellationToken.None);
        Assert.False(large.IsCompleted || small.IsCompleted);

        budget.Return(80);

        await large;
        await small;
    }

    [Fact]
    public async Task A_record_larger_than_the_budget_gets_through_alone()
    {
        var budget = new ByteBudget(100);
        Task huge = budget.TakeAsync(1000, CancellationToken.None);
        Assert.True(huge.IsCompletedSuccessfully);
        Task next = budget.TakeAsync(1, CancellationToken.None);
        Assert.False(next.IsCompleted);

        budget.Return(1000);

        await next;
    }

    [Fact]
    public async Task Giving_up_a_turn_lets_the_next_one_in()
    {
        using var stop = new CancellationTokenSource();
        var budget = new ByteBudget(100);
        await budget.TakeAsync(50, CancellationToken.None);
        Task large = budget.TakeAsync(90, stop.Token);
        Task small = budget.TakeAsync(50, CancellationToken.None);
        Assert.False(small.IsCompleted);

        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => large);
        await small;
        Assert.False(budget.TakeAsync(1, CancellationToken.None).IsCompleted);
    }
}

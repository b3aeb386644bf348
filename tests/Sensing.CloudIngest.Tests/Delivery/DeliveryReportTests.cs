using Sensing.Events;

namespace Sensing.CloudIngest.Tests.Delivery;

/// <summary>The counts that the fault tests rely on, each against a case made to show it.</summary>
public class DeliveryReportTests
{
    private static readonly SensorEvent[] Produced = DeliveryEvents.Create("node", 2, 6);

    [Fact]
    public void All_in_order_is_whole() => Assert.Equal(new DeliveryReport(6, 6, 0, 0, 0, 0, 3), Count([0, 1, 2, 3, 4, 5], 6, 3));

    [Fact]
    public void Streams_may_overtake_each_other() => Assert.True(Count([0, 2, 4, 1, 3, 5]).IsWhole);

    [Fact]
    public void What_is_not_stored_is_missing() => Assert.Equal(new DeliveryReport(6, 4, 2, 0, 0, 0, 0), Count([0, 1, 4, 5]));

    [Fact]
    public void A_second_row_is_duplicated_and_not_out_of_order() => Assert.Equal(new DeliveryReport(6, 8, 0, 2, 0, 0, 0), Count([0, 1, 2, 3, 0, 1, 4, 5]));

    [Fact]
    public void What_comes_behind_a_later_one_of_its_stream_is_out_of_order() =>
        Assert.Equal(new DeliveryReport(6, 6, 0, 0, 2, 0, 0), Count([4, 0, 2, 1, 3, 5]));

    [Fact]
    public void Sums_that_count_more_than_the_rows_are_duplicated() => Assert.Equal(1, Count([0, 1, 2, 3, 4, 5], 7).Duplicated);

    [Fact]
    public void An_event_of_nobody_or_with_other_content_is_foreign()
    {
        SensorEvent changed = new(Produced[0].Id, Produced[0].Source, Produced[0].Type.ToString(), Produced[0].Time, Produced[0].Priority, "{}"u8.ToArray());
        DeliveryReport report = DeliveryReport.Of(Produced, [changed, .. Produced[1..], .. DeliveryEvents.Create("other", 1, 1)], 7, 0);
        Assert.Equal(new DeliveryReport(6, 7, 1, 0, 0, 2, 0), report);
        Assert.False(report.IsWhole);
    }

    private static DeliveryReport Count(int[] stored, int? summed = null, int deadLetters = 0) =>
        DeliveryReport.Of(Produced, stored.Select(number => Produced[number]), summed ?? stored.Length, deadLetters);
}

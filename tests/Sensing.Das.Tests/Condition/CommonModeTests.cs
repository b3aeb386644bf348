using CsCheck;
using Sensing.Das.Condition;

namespace Sensing.Das.Tests.Condition;

public sealed class CommonModeTests
{
    [Fact]
    public void What_all_sound_positions_share_is_taken_out_and_the_rest_stays() =>
        Gen.Select(Gen.Int[40, 90], Gen.Double[-50, 50], Gen.Int).Sample((positions, common, seed) =>
        {
            var random = new Random(seed);
            bool[] alive = [.. Enumerable.Range(0, positions + 10).Select(p => p % ((positions + 10) / 10) != 0)];
            float[] own = [.. alive.Select(_ => (float)(random.NextDouble() - 0.5))];
            float[] row = [.. own.Select(v => v + (float)common)];
            float[] before = [.. row];
            new CommonMode(row.Length).Remove(row, alive);
            float[] sorted = [.. before.Where((_, p) => alive[p]).Order()];
            float median = sorted.Length < 40 ? 0 : (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
            for (int p = 0; p < row.Length; p++)
            {
                Assert.Equal(alive[p] ? before[p] - median : before[p], row[p], 1e-4f);
            }
        });

    [Fact]
    public void Few_positions_are_left_alone()
    {
        float[] row = [.. Enumerable.Repeat(3f, 39)];
        new CommonMode(39).Remove(row, [.. Enumerable.Repeat(true, 39)]);
        Assert.All(row, v => Assert.Equal(3f, v));
    }

    [Fact]
    public void A_vehicle_at_a_few_positions_is_not_taken_for_common()
    {
        float[] row = new float[60];
        row.AsSpan(20, 8).Fill(40);
        new CommonMode(60).Remove(row, [.. Enumerable.Repeat(true, 60)]);
        Assert.Equal(40, row[24]);
        Assert.Equal(0, row[0]);
    }
}

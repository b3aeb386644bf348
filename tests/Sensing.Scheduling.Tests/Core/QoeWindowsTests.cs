using CsCheck;

namespace Sensing.Scheduling.Tests.Core;

public class QoeWindowsTests
{
    private static readonly IReadOnlyList<InferenceTaskType> Types = PublishedTaskTypes.Passive;

    /// <summary>A day in Unix time: what is kept depends on deadlines, and the bonus is what plain counting gives.</summary>
    [Fact]
    public void Windows_in_Unix_time_take_no_more_memory_than_a_few_windows()
    {
        const long Start = 1_800_000_000_000_000;
        var windows = new QoeWindows(Types, QoeOptions.Default);
        var all = new Dictionary<long, (int Completed, int Released)>();
        for (int i = 0; i < 86_400; i++)
        {
            long release = Start + (i * 1_000_000L);
            bool completes = i % 200 >= 50;
            windows.Released(0, release, release);
            if (completes)
            {
                windows.Completed(0, release);
            }

            (int completed, int released) = all.GetValueOrDefault(release / 20_000_000);
            all[release / 20_000_000] = (completed + (completes ? 1 : 0), released + 1);
            Assert.InRange(windows.Open, 1, 4);
        }

        Assert.Equal(100L * all.Values.Count(w => w.Completed >= 0.9 * w.Released), windows.Bonus());
    }

    [Fact]
    public void The_bonus_is_that_of_plain_counting_whatever_the_gaps() => Gen.Select(Gen.Int[0, 3], Gen.Int[0, 90_000], Gen.Bool).Array[1, 60].Sample(
        drawn =>
        {
            var windows = new QoeWindows(Types, QoeOptions.Default);
            var counts = new Dictionary<(int, long), (int Completed, int Released)>();
            long at = 0;
            foreach ((int type, int gapMs, bool completes) in drawn)
            {
                at += gapMs * 1000L;
                windows.Released(type, at, at);
                if (completes)
                {
                    windows.Completed(type, at);
                }

                (int completed, int released) = counts.GetValueOrDefault((type, at / 20_000_000));
                counts[(type, at / 20_000_000)] = (completed + (completes ? 1 : 0), released + 1);
            }

            Assert.Equal(
                counts.Where(c => c.Value.Completed >= 0.9 * c.Value.Released).Sum(c => (long)Types[c.Key.Item1].QoeBonus), windows.Bonus());
        },
        threads: 1);
}

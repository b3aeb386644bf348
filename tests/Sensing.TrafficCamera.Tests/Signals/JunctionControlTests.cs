using System.Text;
using CsCheck;
using Sensing.TrafficCamera.Signals;

namespace Sensing.TrafficCamera.Tests.Signals;

public sealed class JunctionControlTests
{
    [Fact]
    public void Saved_and_loaded_anywhere_it_gives_the_same_plans() =>
        Gen.Select(Gen.Int[0, int.MaxValue], Gen.Int[1, 400].Array[0, 6]).Sample(
            (seed, cuts) =>
            {
                JunctionOptions options = RandomJunction.Make(new Random(seed));
                Assert.Equal(Run(options, seed, []), Run(options, seed, cuts));
            },
            iter: 30, threads: 1);

    [Fact]
    public void A_decision_waits_for_the_readings_of_all_approaches_of_its_second()
    {
        var step = new JunctionControl(Crossroads.Options);
        var plans = new List<TimedSignalPlan>();
        step.Next(Crossroads.Reading("main", 0, 1), plans.Add);
        Assert.Empty(plans);
        step.Next(Crossroads.Reading("side", 0, 1), plans.Add);
        Assert.Single(plans);

        // The side's camera is lost: the next second shows that nothing more comes for this one.
        step.Next(Crossroads.Reading("main", 10, 1), plans.Add);
        int before = plans.Count;
        step.Next(Crossroads.Reading("main", 11, 1), plans.Add);
        Assert.True(plans.Count > before);
    }

    [Fact]
    public void A_damaged_state_is_refused()
    {
        var step = new JunctionControl(Crossroads.Options);
        using var stream = new MemoryStream();
        using (var writer = new BinaryWriter(stream, Encoding.UTF8, leaveOpen: true))
        {
            step.Save(writer);
        }

        byte[] state = stream.ToArray();
        foreach (int at in new[] { 0, 20, 45 })
        {
            byte[] damaged = [.. state];
            damaged[at] ^= 0x7F;
            using var reader = new BinaryReader(new MemoryStream(damaged));
            Exception error = Assert.ThrowsAny<Exception>(() => new JunctionControl(Crossroads.Options).Load(reader));
            Assert.True(error is InvalidDataException or EndOfStreamException, error.ToString());
        }

        var other = new JunctionControl(Crossroads.Options with { Groups = [.. Crossroads.Options.Groups, new() { Name = "walk" }] });
        using var whole = new BinaryReader(new MemoryStream(state));
        Assert.Throws<InvalidDataException>(() => other.Load(whole));
    }

    private static List<string> Run(JunctionOptions options, int seed, int[] cuts)
    {
        var random = new Random(seed);
        var plans = new List<string>();
        var step = new JunctionControl(options);
        for (int i = 0; i < 400; i++)
        {
            if (cuts.Contains(i))
            {
                using var stream = new MemoryStream();
                using (var writer = new BinaryWriter(stream, Encoding.UTF8, leaveOpen: true))
                {
                    step.Save(writer);
                }

                stream.Position = 0;
                step = new JunctionControl(options);
                using var reader = new BinaryReader(stream);
                step.Load(reader);
                Assert.Equal(stream.Length, stream.Position);
            }

            foreach (JunctionApproachOptions approach in options.Approaches)
            {
                step.Next(
                    Crossroads.Reading(approach.Name, i, random.Next(6), random.Next(2)) with
                    {
                        Lanes = [.. Enumerable.Range(0, 3).Select(lane => new LaneReading { Lane = lane, Count = random.Next(6), Passed = random.Next(2) })],
                    },
                    timed => plans.Add($"{timed.Time:O} {timed.Plan.Phase} {timed.Plan.Stage} {timed.Plan.Reason}"));
            }
        }

        step.Break(timed => plans.Add($"{timed.Time:O} {timed.Plan.Phase} {timed.Plan.Stage} {timed.Plan.Reason}"));
        return plans;
    }
}

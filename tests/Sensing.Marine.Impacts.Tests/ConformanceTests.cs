using System.Globalization;
using Sensing.Effects;
using Sensing.Events;
using Sensing.Marine.Events;
using Sensing.Marine.Impacts.Inertial;
using Sensing.Marine.Impacts.Learning;
using Sensing.Marine.Impacts.Models;
using Sensing.Marine.Impacts.Simulation;
using Sensing.Marine.Impacts.Sources;
using Sensing.Testing.Conformance;

namespace Sensing.Marine.Impacts.Tests;

// One line a part.
public sealed class ImpactPipelineConformance() : PipelineConformance<InertialSample>(Aboard.Pipeline);

public sealed class InertialCsvSourceConformance() : SourceConformance<InertialSample>(Aboard.Csv);

public sealed class SimulatedSourceConformance() : SourceConformance<InertialSample>(Aboard.Simulated);

/// <summary>A simulated voyage as samples, and what sources of it must yield.</summary>
internal static class Aboard
{
    public static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public static List<InertialSample> Samples(int seed, double seconds) =>
        [.. new SimulatedVoyage(new VoyageOptions { Seed = seed, Seconds = seconds }).Run().Select((motion, i) => new InertialSample(Start.AddMilliseconds(10 * i), motion))];

    public static PipelineUnderTest<InertialSample> Pipeline()
    {
        List<InertialSample> samples = [.. Samples(3, 20), .. Samples(4, 15).Select(sample => sample with { Time = sample.Time.AddMinutes(1) })];
        return new PipelineUnderTest<InertialSample>
        {
            Create = context => new ImpactPipeline(new ImpactOptions(), context),
            Handlers = () => new EffectHandlers().Add(ImpactEffect.Effect, async (request, _) =>
            {
                // Comes back at another time than it was asked; by the peak alone, so that some are impacts and some are not.
                await Task.Yield();
                float bow = request.Features[0] > 1.5 ? 0.99f : 0.2f;
                return new ImpactAnswer(SimulatedWindows.Classes, [1 - bow, 0, 0, 0, bow, 0, 0], "impacts 1.0", "d", []);
            }),
            Events = MarineEvents.Family,
            Units = samples.Count,
            Read = (first, count) => samples.Skip(first).Take(count),
            Iterations = 2,
        };
    }

    public static SourceUnderTest<InertialSample> Csv()
    {
        List<InertialSample> samples = Samples(5, 1.5);
        var test = new SourceUnderTest<InertialSample>
        {
            Open = under => new InertialCsvSource(new InertialCsvOptions { File = "imu.csv" }, under.Context),
            OpenAbsent = under => new InertialCsvSource(new InertialCsvOptions { File = "absent.csv" }, under.Context),
            Readings = Values,
            Expected = [.. samples.SelectMany(Values)],
        };
        File.WriteAllLines(Path.Combine(test.Folder, "imu.csv"),
        [
            "gz_radps,time,ax_mps2,ay_mps2,az_mps2,gx_radps,gy_radps",
            .. samples.Select(sample => string.Create(
                CultureInfo.InvariantCulture,
                $"{sample.Motion.R:R},{EventTime.Format(sample.Time)},{sample.Motion.X:R},{sample.Motion.Y:R},{sample.Motion.Z:R},{sample.Motion.P:R},{sample.Motion.Q:R}")),
        ]);
        return test;
    }

    public static SourceUnderTest<InertialSample> Simulated() => new()
    {
        Open = under => new SimulatedSource(new SimulatedSourceOptions { Seed = 5, DurationSeconds = 1.5, EventEverySeconds = 6 }, under.Context),
        OpenAbsent = under => new InertialCsvSource(new InertialCsvOptions { File = "absent.csv" }, under.Context),
        Readings = Values,
        Expected = [.. Samples(5, 1.5).SelectMany(Values)],
    };

    private static TimedValues[] Values(InertialSample sample) =>
        [new TimedValues(sample.Time, [sample.Motion.X, sample.Motion.Y, sample.Motion.Z, sample.Motion.P, sample.Motion.Q, sample.Motion.R])];
}

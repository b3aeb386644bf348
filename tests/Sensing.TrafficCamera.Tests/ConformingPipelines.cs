using System.Text.Json.Nodes;
using Sensing.Configuration;
using Sensing.Effects;
using Sensing.Events;
using Sensing.Modules;
using Sensing.Modules.SiteEvents;
using Sensing.Testing.Conformance;
using Sensing.TrafficCamera.Detector;
using Sensing.TrafficCamera.Events;
using Sensing.TrafficCamera.Signals;
using Sensing.TrafficCamera.Synthetic;
using Sensing.TrafficCamera.Tests.Events;
using Sensing.Vision.Frames;

namespace Sensing.TrafficCamera.Tests;

// One line a pipeline.
public sealed class TrafficPipelineConformance() : PipelineConformance<Frame>(Pipelines.Traffic);

public sealed class DetectorPipelineConformance() : PipelineConformance<Frame>(Pipelines.Detector);

public sealed class JunctionPipelineConformance() : PipelineConformance<SiteEvent>(Pipelines.Junction);

/// <summary>Pipelines with inputs that make them report something.</summary>
internal static class Pipelines
{
    private static readonly DateTimeOffset Noon = new(2026, 1, 2, 12, 0, 0, TimeSpan.Zero);

    /// <summary>Half a minute of a small synthetic approach, with pictures.</summary>
    public static PipelineUnderTest<Frame> Traffic()
    {
        SceneOptions scene = Small();
        return new()
        {
            Create = context => new TrafficPipeline(Options(scene), context.Address),
            Events = TrafficEvents.Family,
            Units = 150,
            Iterations = 2,
            Read = (first, count) => Frames(scene, first, count),
        };
    }

    /// <summary>The same with a detector that finds a car wherever it looks.</summary>
    public static PipelineUnderTest<Frame> Detector()
    {
        PipelineUnderTest<Frame> plain = Traffic();
        SceneOptions scene = Small();
        return plain with
        {
            Create = context => new TrafficPipeline(
                Options(scene) with { Detector = new DetectorOptions { Model = "test", EveryNthFrame = 2, BudgetMs = 1000 } },
                context.Address, context.Effects),
            Handlers = () => new EffectHandlers { MaxPending = 1 }.Add(DetectorModel.Effect, (request, _) => Task.FromResult(
                new DetectorResult([new DetectedObject(DetectedKind.Car, 0.9, request.Region.Left + 100, 60, request.Region.Left + 140, 90)]))),
        };
    }

    /// <summary>Ten minutes of two approaches, one of which is silent for a while.</summary>
    public static PipelineUnderTest<SiteEvent> Junction() => new()
    {
        Create = context => new JunctionPipeline(Demo<JunctionOptions>(new JunctionModule()), context.Address),
        Events = TrafficEvents.Family,
        Units = 1200,
        Read = (first, count) => Enumerable.Range(first, count).Select(Reading),
    };

    /// <summary>The traffic pipeline as a person would set it up for a scene.</summary>
    public static TrafficOptions Options(SceneOptions scene)
    {
        JsonObject options = SyntheticSetup.Of("south", scene);
        return Bind<TrafficOptions>(new TrafficModule(), options);
    }

    public static T Demo<T>(IPipelineModule module)
        where T : class, new() => Bind<T>(module, module.Demos[0].Options());

    private static T Bind<T>(IPipelineModule module, JsonObject options)
        where T : class, new()
    {
        var catalogue = new ModuleCatalogue(module);
        ConfigurationResult<T> bound = new OptionsBinder(catalogue.Streams).Bind<T>(
            (JsonObject)JsonNode.Parse(options.ToJsonString())!);
        return bound.Value ?? throw new InvalidOperationException(string.Join("; ", bound.Problems));
    }

    private static SceneOptions Small() => ScenePresets.ApproachSouth with
    {
        Width = 320,
        Height = 180,
        FramesPerSecond = 5,
        VehiclesPerHour = 1200,
        Sound = true,
        EmergencyEverySeconds = 30,
    };

    private static IEnumerable<Frame> Frames(SceneOptions options, int first, int count)
    {
        using var scene = new TrafficScene(options);
        scene.Skip(first);
        for (int i = 0; i < count; i++)
        {
            yield return scene.Next();
        }
    }

    private static SiteEvent Reading(int number)
    {
        DateTimeOffset time = Noon.AddSeconds(number / 2);
        string approach = number % 2 == 0 ? "south" : "east";
        if (approach == "east" && number is > 400 and < 500)
        {
            return new SiteEvent(null, time);
        }

        double queue = 30 + (30 * Math.Sin(number / 50.0));
        ApproachState state = TrafficEventsTests.State() with
        {
            Approach = approach,
            QueueM = queue,
            Lanes =
            [
                .. Enumerable.Range(1, approach == "south" ? 2 : 3).Select(lane =>
                    TrafficEventsTests.State().Lanes[0] with { Lane = lane, QueueM = queue, QueueVehicles = (int)(queue / 8), Vehicles = (int)(queue / 7) }),
            ],
        };
        return new SiteEvent(TrafficEvents.Approach.Create(new StreamAddress("city", "camera", approach), time, approach, state), time);
    }
}

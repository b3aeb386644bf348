using Sensing.TrafficCamera.Events;
using Sensing.TrafficCamera.Sight;
using Sensing.TrafficCamera.Sight.Degradations;
using Sensing.TrafficCamera.Synthetic;
using Sensing.Vision.Frames;
using Xunit;

namespace Sensing.TrafficCamera.Tests.Sight;

public sealed class CameraFaultTests
{
    private static readonly SceneOptions Road = new()
    {
        Width = 320,
        Height = 180,
        FramesPerSecond = 5,
        VehiclesPerHour = 500,
        Sound = false,
    };

    [Fact]
    public void A_camera_without_frames_is_dead_until_they_come_again()
    {
        var faults = new CameraFaultDetection(new CameraFaultOptions(), 320, 180);
        List<(DateTimeOffset Time, CameraFault Fault)> events = [];
        using var scene = new TrafficScene(Road);
        DateTimeOffset last = Feed(scene, faults, events, 20, null);

        faults.Absent(last.AddSeconds(4), Add(events));
        Assert.Empty(events);
        faults.Absent(last.AddSeconds(11), Add(events));
        faults.Absent(last.AddSeconds(30), Add(events));
        scene.Skip(400);
        Feed(scene, faults, events, 20, null);

        Assert.Equal([(CameraFaultKind.Dead, CameraFaultPhase.Begin), (CameraFaultKind.Dead, CameraFaultPhase.End)], Kinds(events));
        Assert.All(events, e => Assert.Equal(last, e.Fault.Since));
        Assert.Equal(last.AddSeconds(11), events[0].Time);
    }

    [Fact]
    public void A_gap_between_frames_is_a_dead_camera_also_without_notice()
    {
        var faults = new CameraFaultDetection(new CameraFaultOptions(), 320, 180);
        List<(DateTimeOffset Time, CameraFault Fault)> events = [];
        using var scene = new TrafficScene(Road);
        DateTimeOffset last = Feed(scene, faults, events, 20, null);
        scene.Skip(200);
        Feed(scene, faults, events, 5, null);

        Assert.Equal([(CameraFaultKind.Dead, CameraFaultPhase.Begin), (CameraFaultKind.Dead, CameraFaultPhase.End)], Kinds(events));
        Assert.Equal(last.AddSeconds(10), events[0].Time);
    }

    [Fact]
    public void A_dead_camera_is_reported_without_a_frame_and_as_the_next_frame_would_report_it()
    {
        List<(DateTimeOffset Time, CameraFault Fault)> silent = [], resumed = [];
        foreach (List<(DateTimeOffset Time, CameraFault Fault)> events in new[] { silent, resumed })
        {
            var faults = new CameraFaultDetection(new CameraFaultOptions(), 320, 180);
            using var scene = new TrafficScene(Road);
            Feed(scene, faults, events, 20, null);
            if (events == silent)
            {
                for (double seconds = 1; seconds < 9.5; seconds++)
                {
                    faults.Silent(TimeSpan.FromSeconds(seconds), Add(events));
                }

                Assert.Empty(events);
                faults.Silent(TimeSpan.FromSeconds(10.3), Add(events));
                Assert.Equal([(CameraFaultKind.Dead, CameraFaultPhase.Begin)], Kinds(events));
                faults.Silent(TimeSpan.FromSeconds(11.3), Add(events));
            }

            scene.Skip(400);
            Feed(scene, faults, events, 5, null);
        }

        Assert.Equal(resumed, silent);
        Assert.Equal(2, silent.Count);
    }

    [Fact]
    public void Frames_that_a_network_held_back_end_the_fault_no_earlier_than_it_began()
    {
        var faults = new CameraFaultDetection(new CameraFaultOptions(), 320, 180);
        List<(DateTimeOffset Time, CameraFault Fault)> events = [];
        using var scene = new TrafficScene(Road);
        Feed(scene, faults, events, 20, null);
        faults.Silent(TimeSpan.FromSeconds(12), Add(events));
        Feed(scene, faults, events, 5, null);

        Assert.Equal([(CameraFaultKind.Dead, CameraFaultPhase.Begin), (CameraFaultKind.Dead, CameraFaultPhase.End)], Kinds(events));
        Assert.True(events[1].Time >= events[0].Time);
    }

    [Fact]
    public void The_same_picture_again_and_again_is_frozen()
    {
        Frame? kept = null;
        List<(DateTimeOffset Time, CameraFault Fault)> events = Run(Road, 1200, (frame, i) =>
        {
            if (i == 500)
            {
                kept = frame.Copy();
            }
            else if (i is > 500 and < 700)
            {
                kept!.Raw.CopyTo(frame.Raw);

                // A clock in the picture runs on.
                frame.Luma[(5 * 320) + 10] = (byte)i;
            }
        });
        kept!.Dispose();

        Assert.Equal([(CameraFaultKind.Frozen, CameraFaultPhase.Begin), (CameraFaultKind.Frozen, CameraFaultPhase.End)], Kinds(events));
        Assert.Equal(TrafficScene.DefaultEpoch.AddSeconds(501 / 5.0), events[0].Fault.Since);
        Assert.Equal(15, (events[0].Time - events[0].Fault.Since).TotalSeconds, 0.3);
        Assert.Equal(TrafficScene.DefaultEpoch.AddSeconds(700 / 5.0), events[1].Time);
    }

    [Fact]
    public void An_empty_road_at_night_is_not_frozen() =>
        Assert.Empty(Run(Road with { VehiclesPerHour = 0, Pedestrians = 0, Wind = 0, Night = true }, 600, null));

    [Theory]
    [InlineData("paint")]
    [InlineData("dark")]
    [InlineData("cloth")]
    public void A_covered_lens_is_reported_and_its_end(string cover)
    {
        var noise = new SensorNoise(4, 2, 320);
        List<(DateTimeOffset Time, CameraFault Fault)> events = Run(Road, 1000, (frame, i) =>
        {
            if (i is < 500 or >= 700)
            {
                return;
            }

            switch (cover)
            {
                case "paint":
                    frame.Luma.Fill(170);
                    break;
                case "dark":
                    frame.Luma.Fill(9);
                    break;
                default:
                    // Cloth lets a tenth of the light's structure through.
                    foreach (ref byte value in frame.Luma)
                    {
                        value = (byte)(70 + (value / 10));
                    }

                    break;
            }

            noise.AddTo(frame.Luma, 320, i, 0);
        });

        Assert.Equal([(CameraFaultKind.Covered, CameraFaultPhase.Begin), (CameraFaultKind.Covered, CameraFaultPhase.End)], Kinds(events));
        Assert.InRange((events[0].Time - TrafficScene.DefaultEpoch).TotalSeconds, 100 + 8, 100 + 15);
        Assert.InRange((events[1].Time - TrafficScene.DefaultEpoch).TotalSeconds, 140, 148);
    }

    [Fact]
    public void Fog_that_comes_up_is_not_a_cover() => Assert.Empty(Run(Road, 1800, (frame, i) =>
    {
        if (i > 500)
        {
            Degradation.Of(DegradationKind.Fog, Math.Min(1, (i - 500) / 900.0), 320, 180).Apply(frame, i);
        }
    }));

    [Fact]
    public void A_turned_camera_is_moved_and_says_by_how_much()
    {
        List<(DateTimeOffset Time, CameraFault Fault)> events = Run(Road, 1100, (frame, i) =>
        {
            if (i is >= 500 and < 800)
            {
                byte[] copy = new byte[320 * 180];
                Shake.Move(frame.Luma, 320, 180, new(44, 16), copy);
            }
        });

        Assert.Equal([(CameraFaultKind.Moved, CameraFaultPhase.Begin), (CameraFaultKind.Moved, CameraFaultPhase.End)], Kinds(events));
        Assert.InRange((events[0].Time - TrafficScene.DefaultEpoch).TotalSeconds, 110, 120);
        Assert.Contains("44 pixels to the right and 16 down", events[0].Fault.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void Another_view_is_moved()
    {
        using var other = new TrafficScene(ScenePresets.ApproachEast with { Width = 320, Height = 180, FramesPerSecond = 5, Sound = false });
        List<(DateTimeOffset Time, CameraFault Fault)> events = Run(Road, 700, (frame, i) =>
        {
            using Frame seen = other.Next();
            if (i >= 500)
            {
                seen.Raw.CopyTo(frame.Raw);
            }
        });
        Assert.Equal([(CameraFaultKind.Moved, CameraFaultPhase.Begin)], Kinds(events));
    }

    [Theory]
    [InlineData("traffic")]
    [InlineData("jam")]
    [InlineData("shake")]
    [InlineData("truck")]
    [InlineData("rain")]
    public void What_happens_on_a_road_every_day_is_not_a_fault(string what)
    {
        SceneOptions options = what switch
        {
            "jam" => Road with { VehiclesPerHour = 1500, GreenSeconds = 6, CycleSeconds = 120, Lanes = 3, HeavyShare = 0.4 },
            "shake" => Road with { ShakePx = 4 },
            "rain" => Road with { Weather = SceneWeather.Rain, WeatherStrength = 1 },
            _ => Road,
        };
        Assert.Empty(Run(options, 1500, (frame, i) =>
        {
            // A truck stands in front of half the picture for 40 s.
            if (what == "truck" && i is >= 700 and < 900)
            {
                for (int y = 20; y < 180; y++)
                {
                    frame.Luma.Slice((y * 320) + 60, 150).Fill((byte)(140 + (y % 7)));
                }
            }
        }));
    }

    [Fact]
    public void Saved_and_loaded_at_any_time_it_reports_the_same()
    {
        using var scene = new TrafficScene(Road);
        CameraFaultDetection a = new(new(), 320, 180), b = new(new(), 320, 180);
        List<(DateTimeOffset, CameraFault)> first = [], second = [];
        for (int i = 0; i < 700; i++)
        {
            using Frame frame = scene.Next();
            if (i is > 300 and < 450)
            {
                frame.Luma.Fill((byte)(160 + (i % 3)));
            }

            a.Next(frame, Add(first));
            if (i % 83 == 0)
            {
                using var state = new MemoryStream();
                a.Save(new BinaryWriter(state));
                state.Position = 0;
                b.Load(new BinaryReader(state));
                second = [.. first];
            }
            else
            {
                b.Next(frame, Add(second));
            }
        }

        Assert.NotEmpty(first);
        Assert.Equal(first, second);
    }

    private static List<(DateTimeOffset Time, CameraFault Fault)> Run(SceneOptions options, int frames, Action<Frame, int>? change)
    {
        using var scene = new TrafficScene(options);
        var faults = new CameraFaultDetection(new CameraFaultOptions(), options.Width, options.Height);
        List<(DateTimeOffset, CameraFault)> events = [];
        Feed(scene, faults, events, frames, change);
        return events;
    }

    private static DateTimeOffset Feed(
        TrafficScene scene, CameraFaultDetection faults, List<(DateTimeOffset, CameraFault)> events, int frames, Action<Frame, int>? change)
    {
        DateTimeOffset last = default;
        for (int i = 0; i < frames; i++)
        {
            using Frame frame = scene.Next();
            change?.Invoke(frame, i);
            faults.Next(frame, Add(events));
            last = frame.Time;
        }

        return last;
    }

    private static Action<DateTimeOffset, CameraFault> Add(List<(DateTimeOffset, CameraFault)> events) =>
        (time, fault) => events.Add((time, fault));

    private static IEnumerable<(CameraFaultKind, CameraFaultPhase)> Kinds(List<(DateTimeOffset Time, CameraFault Fault)> events) =>
        events.Select(e => (e.Fault.Kind, e.Fault.Phase));
}

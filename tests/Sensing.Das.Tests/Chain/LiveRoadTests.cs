using System.Text;
using Sensing.Das.Events;
using Sensing.Das.Sources;
using Sensing.Das.Synthetic;
using Sensing.Das.Tests.Sources;
using Sensing.Events;
using Sensing.Streams;
using Sensing.Testing;

namespace Sensing.Das.Tests.Chain;

public sealed class LiveRoadTests
{
    private const double Seconds = 70;

    [Fact]
    public async Task The_same_road_gives_the_same_events_over_the_socket_as_from_its_own_source()
    {
        var road = new SyntheticScenario(ChainFixture.Road);
        int rows = (int)(Seconds * ChainFixture.Road.SampleRateHz);
        using DasBlock whole = road.Read(0, rows);
        List<SensorEvent> expected = ChainFixture.Run(whole, [500]);
        Assert.Contains(expected, e => e.Type == DasEvents.Vehicle.Name);

        const int Packages = 20;
        using var interrogator = new OptoDasInterrogator(OptoDasInterrogator.Header(whole.Geometry.Channels, Packages, dx: whole.Geometry.ChannelStepM, dt: whole.Geometry.TimeStepSeconds));
        await using var reading = new LiveReading(new OptoDasZmqSourceOptions { Endpoint = interrogator.Endpoint, Unit = "1/s", Scale = 1, GaugeLengthM = whole.Geometry.GaugeLengthM });
        reading.Begin();
        await interrogator.SubscribedAsync(TestContext.Current.CancellationToken);
        for (int first = 0; first < rows; first += Packages)
        {
            using DasBlock part = ChainFixture.Part(whole, first, Packages);
            interrogator.Send(part.Time, part.Values.ToArray());
        }

        var blocks = new List<DasBlock>();
        while (blocks.Sum(b => b.Rows) < rows)
        {
            SourceItem<DasBlock> item = await reading.NextAsync();
            Assert.True(item.Notice is null or { Code: "remark" }, item.Notice?.Message);
            if (item.Sample is { } block)
            {
                blocks.Add(block);
            }
        }

        Assert.True(blocks.Count > 100);
        Assert.All(blocks, b => Assert.Equal(whole.Geometry, b.Geometry));
        Assert.Equal(expected.Select(Text), ChainFixture.Run(blocks).Select(Text));
    }

    private static string Text(SensorEvent sensorEvent) => Encoding.UTF8.GetString(CloudEventJson.Write(sensorEvent));
}

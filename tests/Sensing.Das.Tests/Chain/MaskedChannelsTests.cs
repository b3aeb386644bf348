using Sensing.Das.Events;
using Sensing.Das.Synthetic;
using Sensing.Events;

namespace Sensing.Das.Tests.Chain;

public sealed class MaskedChannelsTests
{
    private static readonly SyntheticOptions Road = new() { Scenario = "free_flow", Seed = 9, Channels = 60, SampleRateHz = 50, SnrDb = 20, FlowFactor = 2 };

    [Fact]
    public void What_a_masked_channel_says_changes_no_event()
    {
        DasOptions options = DasOptions.Highway with { MaskedChannels = [new ChannelRange { From = 20, To = 22 }, new ChannelRange { From = 41, To = 41 }] };
        List<SensorEvent> quiet = ChainFixture.Run(Blocks(0), options), loud = ChainFixture.Run(Blocks(1e-3f), options);
        Assert.Equal(Payloads(quiet), Payloads(loud));
        Assert.NotEqual(Payloads(ChainFixture.Run(Blocks(0), DasOptions.Highway)), Payloads(ChainFixture.Run(Blocks(1e-3f), DasOptions.Highway)));
    }

    [Fact]
    public void Vehicles_are_followed_across_masked_channels()
    {
        DasOptions options = DasOptions.Highway with { MaskedChannels = [new ChannelRange { From = 20, To = 22 }] };
        var road = new SyntheticScenario(Road);
        int passing = road.Truth(120).Vehicles.Count(v => v.Complete);
        VehiclePassage[] found = [.. ChainFixture.Run(Blocks(0), options).Where(e => e.Type == DasEvents.Vehicle.Name).Select(DasEvents.Vehicle.Read)];
        Assert.True(passing > 3);
        Assert.Equal(passing, found.Count(v => v.EndM - v.StartM > 250));
    }

    /// <summary>The road, with a loud tone on the masked channels from the first sample on.</summary>
    private static IEnumerable<DasBlock> Blocks(float tone)
    {
        foreach (DasBlock block in new SyntheticScenario(Road).Blocks(120))
        {
            for (int r = 0; r < block.Rows; r++)
            {
                foreach (int channel in new[] { 20, 21, 22, 41 })
                {
                    block.Values[(r * block.Geometry.Channels) + channel] += tone * MathF.Sin(0.13f * (block.FirstSample + r));
                }
            }

            yield return block;
        }
    }

    private static string[] Payloads(List<SensorEvent> events) =>
        [.. events.Select(e => e.ToString())];
}

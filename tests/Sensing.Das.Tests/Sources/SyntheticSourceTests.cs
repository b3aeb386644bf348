using Sensing.Das.Sources;
using Sensing.Das.Synthetic;
using Sensing.Streams;
using Sensing.Testing.Conformance;

namespace Sensing.Das.Tests.Sources;

public sealed class SyntheticSourceTests : IDisposable
{
    private static readonly SyntheticSourceOptions Live = new() { Channels = 12, SampleRateHz = 50, Live = true, BlockSeconds = 0.5 };

    private readonly SourceUnderTest<DasBlock> _test = ConformingSources.Synthetic();

    [Fact]
    public async Task Live_a_block_comes_when_its_time_has_come()
    {
        DateTimeOffset began = _test.Time.GetUtcNow();
        await using var source = new SyntheticSource(Live, _test.Context);
        await using IAsyncEnumerator<SourceItem<DasBlock>> items = source.ReadAsync(null, TestContext.Current.CancellationToken).GetAsyncEnumerator(TestContext.Current.CancellationToken);
        Assert.Equal(SourceBehaviour.Live, source.Behaviour);
        for (int block = 1; block <= 3; block++)
        {
            Task<bool> next = items.MoveNextAsync().AsTask();
            _test.Time.Advance(TimeSpan.FromSeconds(0.499));
            Assert.False(next.IsCompleted);
            _test.Time.Advance(TimeSpan.FromSeconds(0.001));
            Assert.True(await next);
            Assert.Equal(began.AddSeconds(0.5 * (block - 1)), items.Current.Time);
            items.Current.Sample!.Dispose();
        }
    }

    [Fact]
    public async Task Live_what_came_while_the_node_was_away_is_a_gap()
    {
        await using var source = new SyntheticSource(Live, _test.Context);
        SourceReading reading = await SourceReading.Of(source, _test.Time, enough: 50);
        _test.Time.Advance(TimeSpan.FromSeconds(100));

        SourceReading rest = await SourceReading.Of(source, _test.Time, reading.Positions[^1].Next, enough: 25);
        Assert.Equal("gap", Assert.Single(rest.Notices).Code);
        Assert.StartsWith("100 s are missing, from 2026-03-01T12:00:01.000Z to 2026-03-01T12:01:41.000Z: the node was not running.", rest.Notices[0].Message, StringComparison.Ordinal);
        Assert.Equal(reading.Rows[0].Time.AddSeconds(101), rest.Rows[0].Time);
        using DasBlock expected = new SyntheticScenario(Live, reading.Rows[0].Time).Read(101 * 50, 25);
        Assert.Equal(expected.Row(24).ToArray(), rest.Rows[24].Values);
    }

    public void Dispose() => _test.Dispose();
}

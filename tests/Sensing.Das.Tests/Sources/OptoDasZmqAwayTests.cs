using Sensing.Das.Sources;
using Sensing.Events.Node;
using Sensing.Streams;
using Sensing.Testing;

namespace Sensing.Das.Tests.Sources;

/// <summary>An interrogator that is not there, goes, and comes back.</summary>
public sealed class OptoDasZmqAwayTests
{
    private static readonly DateTimeOffset Start = new(2026, 2, 3, 4, 5, 6, TimeSpan.Zero);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task One_that_is_away_at_the_start_is_told_once_and_read_as_soon_as_it_comes()
    {
        int port = LoopbackPort.Free();
        await using var reading = new LiveReading(Options($"tcp://127.0.0.1:{port}"));
        StreamNotice away = await reading.NoticeAfterSilenceAsync();
        Assert.Equal(("away", $"tcp://127.0.0.1:{port}", null), (away.Code, away.Input, away.Position));
        Assert.Equal("No data have come: nothing answers there. The stream waits for them.", away.Message);
        Assert.Equal("See whether the interrogator runs, and check the endpoint and the network.", away.Remedy);
        reading.Begin();
        reading.Time.Advance(TimeSpan.FromHours(10));

        using var interrogator = new OptoDasInterrogator(OptoDasInterrogator.Header(2, 5), port);
        await interrogator.SubscribedAsync(Cancellation);
        interrogator.Send<float>(Start, new float[10]);
        Assert.Equal("remark", (await reading.NoticeAsync()).Code);
        Assert.Equal(Start, (await reading.BlockAsync()).Time);
    }

    [Fact]
    public async Task One_that_goes_is_told_and_its_return_is_a_gap_without_a_second_word_on_its_header()
    {
        using var interrogator = new OptoDasInterrogator(OptoDasInterrogator.Header(2, 5));
        await using var proxy = new FaultProxy(interrogator.Port);
        await using var reading = new LiveReading(Options($"tcp://127.0.0.1:{proxy.Port}"));
        reading.Begin();
        await interrogator.SubscribedAsync(Cancellation);
        interrogator.Send<float>(Start, new float[10]);
        await reading.NoticeAsync();
        await reading.BlockAsync();

        proxy.Refuses = true;
        proxy.Cut();
        StreamNotice away = await reading.NoticeAfterSilenceAsync();
        Assert.Equal(("away", "after 2026-02-03T04:05:06.100Z"), (away.Code, away.Position));
        Assert.StartsWith("No more data come: ", away.Message, StringComparison.Ordinal);
        Assert.Equal(Start.AddSeconds(0.1), reading.ItemTime);

        proxy.Refuses = false;
        reading.Begin();
        await interrogator.SubscribedAsync(Cancellation);
        interrogator.Send<float>(Start.AddSeconds(30), new float[10]);
        StreamNotice gap = await reading.NoticeAsync();
        Assert.Equal(("gap", "message of 2026-02-03T04:05:36.000Z"), (gap.Code, gap.Position));
        Assert.Equal(Start.AddSeconds(30), (await reading.BlockAsync()).Time);

        // Away again: told again.
        Assert.Equal("away", (await reading.NoticeAfterSilenceAsync()).Code);
    }

    [Fact]
    public async Task One_that_is_connected_but_sends_nothing_is_told_as_such_and_an_unfinished_block_goes_out_first()
    {
        using var interrogator = new OptoDasInterrogator(OptoDasInterrogator.Header(2, 5));
        await using var reading = new LiveReading(Options(interrogator.Endpoint) with { BlockSeconds = 1 });
        reading.Begin();
        await interrogator.SubscribedAsync(Cancellation);
        await reading.NoticeAsync();
        interrogator.Send<float>(Start, new float[10]);
        interrogator.Send<float>(Start.AddSeconds(0.1), new float[10]);

        await reading.SilenceAsync();
        LiveBlock block = await reading.BlockAsync();
        Assert.Equal(10, block.Rows.Count);
        StreamNotice away = await reading.NoticeAsync();
        Assert.Equal("No more data come: the connection stands, but nothing is sent. The stream waits for them.", away.Message);
    }

    [Fact]
    public async Task A_stream_that_starts_again_does_not_repeat_that_its_interrogator_is_away()
    {
        using var interrogator = new OptoDasInterrogator(OptoDasInterrogator.Header(2, 5));
        SourcePosition position;
        await using (var first = new LiveReading(Options(interrogator.Endpoint)))
        {
            first.Begin();
            await interrogator.SubscribedAsync(Cancellation);
            interrogator.Send<float>(Start, new float[10]);
            await first.NoticeAsync();
            await first.BlockAsync();
            Assert.Equal("away", (await first.NoticeAfterSilenceAsync()).Code);
            position = first.Position;
        }

        await using var again = new LiveReading(Options(interrogator.Endpoint), position);
        again.Begin();
        await interrogator.SubscribedAsync(Cancellation);
        again.Time.Advance(TimeSpan.FromHours(1));
        interrogator.Send<float>(Start.AddSeconds(10), new float[10]);
        Assert.Equal("gap", (await again.NoticeAsync()).Code);
        Assert.Equal(Start.AddSeconds(10), (await again.BlockAsync()).Time);
    }

    [Fact]
    public async Task A_name_that_leads_nowhere_is_told_and_waited_for_and_cancellation_ends_the_wait()
    {
        await using var reading = new LiveReading(Options("tcp://no-such-host.invalid:5557"));
        StreamNotice away = await reading.NoticeAsync();
        Assert.Equal("away", away.Code);
        Assert.StartsWith("No data have come: the name 'no-such-host.invalid' leads to no address", away.Message, StringComparison.Ordinal);
        reading.Begin();
        reading.Cancel();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(reading.NextAsync);
    }

    private static OptoDasZmqSourceOptions Options(string endpoint) => new() { Endpoint = endpoint, Unit = "1/s", Scale = 1, BlockSeconds = 0.01 };
}

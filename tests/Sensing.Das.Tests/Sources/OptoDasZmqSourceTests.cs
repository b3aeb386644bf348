using Sensing.Das.Sources;
using Sensing.Events.Node;
using Sensing.Streams;
using Sensing.Testing;

namespace Sensing.Das.Tests.Sources;

/// <summary>What comes over a real socket from an interrogator that is in order.</summary>
public sealed class OptoDasZmqSourceTests
{
    private static readonly DateTimeOffset Start = new(2026, 2, 3, 4, 5, 6, 789, TimeSpan.Zero);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private static OptoDasZmqSourceOptions Options(OptoDasInterrogator interrogator) =>
        new() { Endpoint = interrogator.Endpoint, Unit = "1/s", Scale = 1, BlockSeconds = 0.01 };

    [Theory]
    [InlineData("short")]
    [InlineData("int")]
    [InlineData("long")]
    [InlineData("float")]
    [InlineData("double")]
    public async Task Numbers_of_every_type_come_scaled_with_their_times_and_places(string type)
    {
        using var interrogator = new OptoDasInterrogator(OptoDasInterrogator.Header(3, 2, type, dt: 0.5, dx: 4, firstChannel: 10));
        await using var reading = new LiveReading(Options(interrogator) with { Unit = "nanostrain/s", Scale = 2, GaugeLengthM = 8 });
        reading.Begin();
        await interrogator.SubscribedAsync(Cancellation);
        int[] numbers = [1, -2, 3, 30_000, 5, -6];
        switch (type)
        {
            case "short": interrogator.Send<short>(Start, [.. numbers.Select(n => (short)n)]); break;
            case "int": interrogator.Send<int>(Start, numbers); break;
            case "long": interrogator.Send<long>(Start, [.. numbers.Select(n => (long)n)]); break;
            case "float": interrogator.Send<float>(Start, [.. numbers.Select(n => (float)n)]); break;
            default: interrogator.Send<double>(Start, [.. numbers.Select(n => (double)n)]); break;
        }

        StreamNotice header = await reading.NoticeAsync();
        Assert.Equal(("remark", NoticeSeverity.Info, interrogator.Endpoint), (header.Code, header.Severity, header.Input));
        Assert.Equal($"The interrogator's header came: 3 channels of 4 m from 40 m at 2 Hz, 2 samples a message, numbers of type {type}.", header.Message);
        LiveBlock block = await reading.BlockAsync();
        Assert.Equal(new DasGeometry(3, 0.5, 4, 40, 8), block.Geometry);
        Assert.Equal([Start, Start.AddSeconds(0.5)], block.Rows.Select(r => r.Time));
        Assert.Equal(numbers.Select(n => (float)(n * 2e-9)), block.Rows.SelectMany(r => r.Values), (a, b) => Math.Abs(a - b) <= 1e-6 * Math.Abs(a));
    }

    [Theory]
    [InlineData(2, "s", 2)]
    [InlineData(2, "ms", 0.002)]
    [InlineData(500, "us", 0.0005)]
    [InlineData(1_000_000, "ns", 0.001)]
    public async Task The_time_step_has_the_headers_unit(double dt, string unit, double seconds)
    {
        using var interrogator = new OptoDasInterrogator(OptoDasInterrogator.Header(2, 20, dt: dt, dtUnit: unit));
        await using var reading = new LiveReading(Options(interrogator));
        reading.Begin();
        await interrogator.SubscribedAsync(Cancellation);
        interrogator.Send<float>(Start, new float[40]);
        await reading.NoticeAsync();
        LiveBlock block = await reading.BlockAsync();
        Assert.Equal(seconds, block.Geometry.TimeStepSeconds, 12);
        Assert.Equal(Start.AddSeconds(2 * seconds), block.Rows[2].Time, TimeSpan.FromMicroseconds(1));
    }

    [Fact]
    public async Task Messages_are_collected_into_blocks_and_none_is_lost_or_doubled()
    {
        using var interrogator = new OptoDasInterrogator(OptoDasInterrogator.Header(2, 5));
        await using var reading = new LiveReading(Options(interrogator) with { BlockSeconds = 0.3 });
        reading.Begin();
        await interrogator.SubscribedAsync(Cancellation);
        for (int m = 0; m < 60; m++)
        {
            interrogator.Send<float>(Start.AddSeconds(0.1 * m), [.. Enumerable.Range(0, 10).Select(i => (float)((10 * m) + i))]);
        }

        await reading.NoticeAsync();
        for (int b = 0; b < 20; b++)
        {
            LiveBlock block = await reading.BlockAsync();
            Assert.Equal(Start.AddSeconds(0.3 * b), block.Time, TimeSpan.FromMicroseconds(1));
            Assert.Equal(Enumerable.Range(30 * b, 30).Select(i => (float)i), block.Rows.SelectMany(r => r.Values));
        }
    }

    [Fact]
    public async Task A_phase_rate_becomes_strain_rate_by_the_sensitivity()
    {
        using var interrogator = new OptoDasInterrogator(OptoDasInterrogator.Header(2, 1, "short"));
        await using var reading = new LiveReading(Options(interrogator) with { Unit = "rad/m/s", Scale = 5e-6, Sensitivity = 1e7 });
        reading.Begin();
        await interrogator.SubscribedAsync(Cancellation);
        interrogator.Send<short>(Start, [1000, -4]);
        await reading.NoticeAsync();
        float[] values = (await reading.BlockAsync()).Rows[0].Values;
        Assert.Equal(1000 * 5e-6 / 1e7, values[0], 1e-16);
        Assert.Equal(-4 * 5e-6 / 1e7, values[1], 1e-18);
    }

    [Fact]
    public async Task Strain_is_differenced_across_messages_and_its_first_sample_serves_the_second()
    {
        using var interrogator = new OptoDasInterrogator(OptoDasInterrogator.Header(2, 2, dt: 0.5));
        await using var reading = new LiveReading(Options(interrogator) with { Unit = "strain" });
        reading.Begin();
        await interrogator.SubscribedAsync(Cancellation);
        interrogator.Send<float>(Start, [1, 10, 2, 20]);
        interrogator.Send<float>(Start.AddSeconds(1), [4, 40, 8, 80]);
        await reading.NoticeAsync();
        LiveBlock first = await reading.BlockAsync(), second = await reading.BlockAsync();
        Assert.Equal(Start.AddSeconds(0.5), first.Time);
        Assert.Equal([2, 20], Assert.Single(first.Rows).Values);
        Assert.Equal([4, 40, 8, 80], second.Rows.SelectMany(r => r.Values));
    }

    [Fact]
    public async Task Some_channels_by_distance_and_one_region_of_several()
    {
        string header = """
            {"bytesPerPackage":40,"nPackagesPerMessage":1,"nChannels":10,"dataType":"float","dx":2,"dt":20,"dtUnit":"ms","dxUnit":"m",
            "roiTable":[{"roiStart":0,"roiEnd":3,"roiDec":1},{"roiStart":100,"roiEnd":110,"roiDec":2}]}
            """;
        using var interrogator = new OptoDasInterrogator(header);
        await using var second = new LiveReading(Options(interrogator) with { Region = 1, FromM = 203, ToM = 215.9 });
        await using var unchosen = new LiveReading(Options(interrogator));
        second.Begin();
        unchosen.Begin();
        await interrogator.SubscribedAsync(Cancellation);
        await interrogator.SubscribedAsync(Cancellation);
        interrogator.Send<float>(Start, [.. Enumerable.Range(0, 10).Select(i => (float)i)]);

        await second.NoticeAsync();
        LiveBlock block = await second.BlockAsync();
        Assert.Equal(new DasGeometry(3, 0.02, 4, 204, 0), block.Geometry);
        Assert.Equal([5, 6, 7], block.Rows[0].Values);
        StreamNotice refused = await unchosen.NoticeAsync();
        Assert.Equal(("incomplete", "header, roiTable[1]", "Choose one with the option 'region'."), (refused.Code, refused.Position, refused.Remedy));
    }

    [Fact]
    public async Task Opened_after_a_position_it_tells_what_was_missed_and_goes_on_with_the_present()
    {
        using var interrogator = new OptoDasInterrogator(OptoDasInterrogator.Header(2, 5));
        SourcePosition position;
        await using (var before = new LiveReading(Options(interrogator)))
        {
            before.Begin();
            await interrogator.SubscribedAsync(Cancellation);
            interrogator.Send<float>(Start, new float[10]);
            await before.NoticeAsync();
            await before.BlockAsync();
            position = before.Position;
        }

        await using var after = new LiveReading(Options(interrogator), position);
        after.Begin();
        await interrogator.SubscribedAsync(Cancellation);
        interrogator.Send<float>(Start.AddSeconds(60), new float[10]);
        StreamNotice gap = await after.NoticeAsync();
        Assert.Equal("gap", gap.Code);
        Assert.StartsWith("59.9 s are missing, from 2026-02-03T04:05:06.889Z to 2026-02-03T04:06:06.789Z: the node was not running.", gap.Message, StringComparison.Ordinal);
        Assert.Equal(Start.AddSeconds(60), (await after.BlockAsync()).Time);

        await using var foreign = new LiveReading(Options(interrogator), new SourcePosition("something|else"));
        SourceException error = await Assert.ThrowsAsync<SourceException>(foreign.NextAsync);
        Assert.Contains("Delete the stream's checkpoint", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Cancellation_ends_a_wait_and_a_flood_and_leaves_nothing_that_hangs()
    {
        using var interrogator = new OptoDasInterrogator(OptoDasInterrogator.Header(2, 5));
        for (int i = 0; i < 10; i++)
        {
            await using var reading = new LiveReading(Options(interrogator));
            reading.Begin();
            await interrogator.SubscribedAsync(Cancellation);
            for (int m = 0; m < 20 * i; m++)
            {
                interrogator.Send<float>(Start.AddSeconds(0.1 * m), new float[10]);
            }

            await reading.NoticeAsync();
            reading.Cancel();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
            {
                while (true)
                {
                    (await reading.NextAsync()).Sample?.Dispose();
                }
            });
        }
    }
}

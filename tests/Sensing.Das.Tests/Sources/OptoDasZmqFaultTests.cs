using Sensing.Das.Sources;
using Sensing.Events.Node;
using Sensing.Testing;

namespace Sensing.Das.Tests.Sources;

/// <summary>What a person reads when a live stream is not in order, and that it goes on after each fault.</summary>
public sealed class OptoDasZmqFaultTests : IAsyncDisposable
{
    private static readonly DateTimeOffset Start = new(2026, 2, 3, 4, 5, 6, TimeSpan.Zero);

    private readonly OptoDasInterrogator _interrogator = new(OptoDasInterrogator.Header(2, 5));
    private readonly LiveReading _reading;

    public OptoDasZmqFaultTests() => _reading = new LiveReading(Options(_interrogator.Endpoint));

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_gap_in_the_times_is_told_with_its_place()
    {
        await BeginAsync();
        Send(0);
        Send(0.1 + 3.25, 7);
        Send(0.2 + 3.25);
        await GoodAsync(0);
        await ToldAsync("gap", "message of 2026-02-03T04:05:09.350Z", "3.25 s are missing: the data before end at 2026-02-03T04:05:06.100Z, this goes on at 2026-02-03T04:05:09.350Z.");
        LiveBlock block = await GoodAsync(3.35);
        Assert.All(block.Rows, row => Assert.Equal([7, 7], row.Values));
        await GoodAsync(3.45);
    }

    [Fact]
    public async Task Time_that_goes_backwards_is_told_and_the_data_go_on_at_the_new_time()
    {
        await BeginAsync();
        Send(100);
        Send(40);
        Send(40.1);
        await GoodAsync(100);
        await ToldAsync("time-backwards", "message of 2026-02-03T04:05:46.000Z",
            "Time goes backwards by 60.1 s, from 2026-02-03T04:06:46.100Z to 2026-02-03T04:05:46.000Z; the data go on at the new time.");
        await GoodAsync(40);
        await GoodAsync(40.1);
    }

    [Fact]
    public async Task Another_number_of_channels_in_mid_stream_is_told_and_what_follows_is_read_by_the_new_header()
    {
        await BeginAsync();
        Send(0);
        _interrogator.Send(OptoDasInterrogator.Header(3, 5));
        _interrogator.Send<float>(Start.AddSeconds(0.1), [.. Enumerable.Range(0, 15).Select(i => (float)i)]);
        await GoodAsync(0);
        await ToldAsync("channels-changed", "header", "The channels changed in mid-stream: 2 channels of 4 m from 0 m at 50 Hz before, 3 channels of 4 m from 0 m at 50 Hz from here on.");
        LiveBlock block = await GoodAsync(0.1);
        Assert.Equal(3, block.Geometry.Channels);
        Assert.Equal([12, 13, 14], block.Rows[4].Values);
    }

    [Fact]
    public async Task Another_rate_in_mid_stream_is_told_and_another_type_alone_joins()
    {
        await BeginAsync();
        Send(0);
        _interrogator.Send(OptoDasInterrogator.Header(2, 5, dt: 0.01));
        Send(0.1);
        _interrogator.Send(OptoDasInterrogator.Header(2, 5, "short", dt: 0.01));
        _interrogator.Send<short>(Start.AddSeconds(0.15), [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
        await GoodAsync(0);
        await ToldAsync("geometry-changed", "header", "The channels changed in mid-stream: 2 channels of 4 m from 0 m at 50 Hz before, 2 channels of 4 m from 0 m at 100 Hz from here on.");
        Assert.Equal(0.01, (await GoodAsync(0.1)).Geometry.TimeStepSeconds);
        StreamNotice remark = await _reading.NoticeAsync();
        Assert.Equal(("remark", "The interrogator's header came: 2 channels of 4 m from 0 m at 100 Hz, 5 samples a message, numbers of type short."), (remark.Code, remark.Message));
        LiveBlock typed = await GoodAsync(0.15);
        Assert.Equal([9, 10], typed.Rows[4].Values);
    }

    [Fact]
    public async Task A_header_that_is_sent_again_unchanged_is_no_news()
    {
        await BeginAsync();
        Send(0);
        _interrogator.Send(OptoDasInterrogator.Header(2, 5));
        Send(0.1);
        await GoodAsync(0);
        await GoodAsync(0.1);
    }

    [Fact]
    public async Task A_message_of_foreign_length_is_left_out_and_told_once_a_run()
    {
        await BeginAsync();
        Send(0);
        _interrogator.Send(new byte[47]);
        _interrogator.Send(new byte[49]);
        Send(0.1);
        for (int m = 0; m < 120; m++)
        {
            Send(0.2 + (0.1 * m));
        }

        _interrogator.Send([]);
        await GoodAsync(0);
        await ToldAsync("foreign", "a message after 2026-02-03T04:05:06.100Z", "A message of 47 bytes is neither data (8 + 5 × 2 × 4 = 48 bytes) nor a JSON header; it is left out.");
        await GoodAsync(0.1);
        for (int m = 0; m < 120; m++)
        {
            await GoodAsync(0.2 + (0.1 * m));
        }

        Assert.StartsWith("A message of 0 bytes is neither data", (await _reading.NoticeAsync()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Values_that_are_no_numbers_are_told_with_their_place_and_passed_on()
    {
        await BeginAsync();
        Send(0);
        _interrogator.Send<float>(Start.AddSeconds(0.1), [1, 2, 3, 4, 5, float.NaN, 7, float.PositiveInfinity, 9, 10]);
        _interrogator.Send<float>(Start.AddSeconds(0.2), [float.NaN, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
        Send(0.3);
        await GoodAsync(0);
        Assert.Equal([1, 2, 3, 4, 5, float.NaN, 7, float.NaN, 9, 10], (await GoodAsync(0.1)).Rows.SelectMany(r => r.Values));
        await ToldAsync("not-a-number", "message of 2026-02-03T04:05:06.100Z, sample 2, channel 1", "2 of the 10 values from here on are not a number; they are passed on as unknown.");
        LiveBlock next = await GoodAsync(0.2);
        Assert.Equal([float.NaN, 2], next.Rows[0].Values);
        await GoodAsync(0.3);
    }

    [Theory]
    [InlineData("\"nChannels\":2", "\"nChannels\":2.5", "incomplete", "nChannels", "nChannels is 2.5, not a whole number of 1 or more")]
    [InlineData("\"nChannels\":2,", "", "incomplete", "nChannels", "nChannels is missing or no number")]
    [InlineData("\"float\"", "\"half\"", "wrong-type", "dataType", "dataType is 'half', not one of short, int, long, float, double")]
    [InlineData("\"bytesPerPackage\":8", "\"bytesPerPackage\":6", "incomplete", "bytesPerPackage", "bytesPerPackage is 6, yet 2 channels of type float are 8 bytes")]
    [InlineData("\"nPackagesPerMessage\":5", "\"nPackagesPerMessage\":500000000", "incomplete", "nPackagesPerMessage", "nPackagesPerMessage makes messages of 4000000000 bytes; at most 67108864 are read")]
    [InlineData("\"dt\":0.02", "\"dt\":0", "incomplete", "dt", "dt is 0, not above 0")]
    [InlineData("\"dtUnit\":\"s\"", "\"dtUnit\":\"min\"", "wrong-type", "dtUnit", "dtUnit is 'min', not one of s, ms, us, ns")]
    [InlineData("\"dxUnit\":\"m\"", "\"dxUnit\":7", "incomplete", "dxUnit", "dxUnit is missing or no text")]
    [InlineData("\"roiEnd\":1", "\"roiEnd\":0", "incomplete", "roiTable[0]", "roiTable[0] ends (roiEnd 0) where it starts (roiStart 0) or before")]
    [InlineData("\"roiTable\"", "\"roi\"", "incomplete", "roiTable", "roiTable is missing or empty")]
    public async Task A_header_that_cannot_be_used_names_its_key_and_data_wait_for_a_good_one(string good, string bad, string code, string key, string what)
    {
        await BeginAsync();
        Send(0);
        string header = OptoDasInterrogator.Header(2, 5);
        Assert.Contains(good, header, StringComparison.Ordinal);
        _interrogator.Send(header.Replace(good, bad, StringComparison.Ordinal));
        Send(0.1);
        _interrogator.Send(header);
        Send(0.2);
        await GoodAsync(0);
        await ToldAsync(code, $"header, {key}", $"The interrogator's header cannot be used: {what}. No data are read until a good header comes.");
        await ToldAsync("foreign", "a message after 2026-02-03T04:05:06.100Z",
            "A message of 48 bytes came that is no JSON header, and no header has told how to read data; such messages are left out until one does.");
        await ToldAsync("gap", "message of 2026-02-03T04:05:06.200Z", "0.1 s are missing: the data before end at 2026-02-03T04:05:06.100Z, this goes on at 2026-02-03T04:05:06.200Z.");
        await GoodAsync(0.2);
    }

    [Fact]
    public async Task Data_before_any_header_are_told_once_and_read_as_soon_as_one_comes()
    {
        using var silent = new OptoDasInterrogator(header: null);
        await using var reading = new LiveReading(Options(silent.Endpoint));
        reading.Begin();
        await silent.SubscribedAsync(Cancellation);
        silent.Send<float>(Start, new float[10]);
        silent.Send<float>(Start.AddSeconds(0.1), new float[10]);
        silent.Send(OptoDasInterrogator.Header(2, 5));
        silent.Send<float>(Start.AddSeconds(0.2), new float[10]);
        Assert.Equal(("foreign", "a message before any data"), await reading.NoticeAsync() is { } notice ? (notice.Code, notice.Position) : default);
        Assert.Equal("remark", (await reading.NoticeAsync()).Code);
        Assert.Equal(Start.AddSeconds(0.2), (await reading.BlockAsync()).Time);
    }

    public async ValueTask DisposeAsync()
    {
        await _reading.DisposeAsync();
        _interrogator.Dispose();
    }

    private static OptoDasZmqSourceOptions Options(string endpoint) => new() { Endpoint = endpoint, Unit = "1/s", Scale = 1, BlockSeconds = 0.01 };

    private async Task BeginAsync()
    {
        _reading.Begin();
        await _interrogator.SubscribedAsync(Cancellation);
        Assert.Equal("remark", (await _reading.NoticeAsync()).Code);
    }

    private void Send(double seconds, float value = 1) => _interrogator.Send<float>(Start.AddSeconds(seconds), Enumerable.Repeat(value, 10).ToArray());

    private async Task<LiveBlock> GoodAsync(double seconds)
    {
        LiveBlock block = await _reading.BlockAsync();
        Assert.Equal(Start.AddSeconds(seconds), block.Time, TimeSpan.FromMicroseconds(1));
        Assert.Equal(5, block.Rows.Count);
        return block;
    }

    private async Task ToldAsync(string code, string position, string message)
    {
        StreamNotice notice = await _reading.NoticeAsync();
        Assert.Equal((code, _interrogator.Endpoint, position, message), (notice.Code, notice.Input, notice.Position, notice.Message));
        Assert.Equal(NoticeSeverity.Warning, notice.Severity);
        Assert.NotEmpty(notice.Remedy!);
    }
}

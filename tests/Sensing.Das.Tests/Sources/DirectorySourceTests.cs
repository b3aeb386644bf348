using Sensing.Das.Sources;
using Sensing.Das.Synthetic;
using Sensing.Streams;
using Sensing.Testing.Conformance;

namespace Sensing.Das.Tests.Sources;

public sealed class DirectorySourceTests : IDisposable
{
    private static readonly SyntheticScenario Expected = new(ConformingSources.Road);

    private readonly SourceUnderTest<DasBlock> _test = ConformingSources.OneHdf5File();

    public DirectorySourceTests() => File.Delete(In("road.h5"));

    [Fact]
    public async Task A_half_written_file_waits_until_it_is_whole()
    {
        ConformingSources.WriteHdf5(In("a.bin"), 0, 250);
        byte[] whole = await File.ReadAllBytesAsync(In("a.bin"), TestContext.Current.CancellationToken);
        await File.WriteAllBytesAsync(In("road_0000.h5"), whole[..(whole.Length / 2)], TestContext.Current.CancellationToken);
        await using IAsyncEnumerator<SourceItem<DasBlock>> items = Open();

        Task<bool> first = items.MoveNextAsync().AsTask();
        Pass(TimeSpan.FromSeconds(20));
        Assert.False(first.IsCompleted);

        await File.WriteAllBytesAsync(In("road_0000.h5"), whole, TestContext.Current.CancellationToken);
        Pass(TimeSpan.FromSeconds(2));
        Assert.True(await first);
        Assert.NotNull(items.Current.Sample);
        Assert.Equal(Expected.Epoch, items.Current.Time);
    }

    [Fact]
    public async Task A_file_that_stays_half_written_is_given_up_on_and_told()
    {
        ConformingSources.WriteHdf5(In("road_0000.h5"), 0, 250);
        ConformingSources.WriteHdf5(In("road_0250.h5"), 250, 250);
        using (FileStream file = File.OpenWrite(In("road_0000.h5")))
        {
            file.SetLength(file.Length / 2);
        }

        await using IAsyncEnumerator<SourceItem<DasBlock>> items = Open();
        Task<bool> first = items.MoveNextAsync().AsTask();
        Pass(TimeSpan.FromSeconds(59));
        Assert.False(first.IsCompleted);
        Pass(TimeSpan.FromSeconds(2));
        Assert.True(await first);
        Assert.Equal("truncated", items.Current.Notice!.Code);
        Assert.True(await SourceReading.Next(items, _test.Time));
        Assert.Equal(Expected.Epoch.AddSeconds(5), items.Current.Sample!.Time);
    }

    [Theory]
    [InlineData("foreign")]
    [InlineData("damaged")]
    public async Task A_file_that_cannot_be_read_is_named_and_left_aside_and_the_next_is_read(string kind)
    {
        ConformingSources.WriteHdf5(In("road_0000.h5"), 0, 250);
        ConformingSources.WriteHdf5(In("road_0250.h5"), 250, 250);
        byte[] bytes = await File.ReadAllBytesAsync(In("road_0000.h5"), TestContext.Current.CancellationToken);
        bytes.AsSpan(kind == "foreign" ? 0 : 16, kind == "foreign" ? bytes.Length : 1024).Fill((byte)'?');
        await File.WriteAllBytesAsync(In("road_0000.h5"), bytes, TestContext.Current.CancellationToken);

        await using IAsyncEnumerator<SourceItem<DasBlock>> items = Open();
        Assert.True(await SourceReading.Next(items, _test.Time));
        Assert.Equal(In("road_0000.h5"), items.Current.Notice!.Input);
        Assert.NotEmpty(items.Current.Notice!.Remedy!);
        Assert.True(await SourceReading.Next(items, _test.Time));
        Assert.Equal(Expected.Epoch.AddSeconds(5), items.Current.Sample!.Time);
    }

    [Fact]
    public async Task A_tmp_file_is_left_alone_until_it_is_renamed()
    {
        ConformingSources.WriteHdf5(In("road_0000.h5"), 0, 250);
        File.Move(In("road_0000.h5"), In("road_0000.h5.tmp"));
        await using IAsyncEnumerator<SourceItem<DasBlock>> items = Open();
        Task<bool> first = items.MoveNextAsync().AsTask();
        Pass(TimeSpan.FromMinutes(5));
        Assert.False(first.IsCompleted);

        File.Move(In("road_0000.h5.tmp"), In("road_0000.h5"));
        Pass(TimeSpan.FromSeconds(2));
        Assert.True(await first);
        Assert.NotNull(items.Current.Sample);
    }

    [Fact]
    public async Task A_file_is_read_within_two_seconds_of_its_completion()
    {
        await using IAsyncEnumerator<SourceItem<DasBlock>> items = Open();
        Task<bool> first = items.MoveNextAsync().AsTask();
        Pass(TimeSpan.FromSeconds(3));
        ConformingSources.WriteHdf5(In("road_0000.h5"), 0, 250);
        DateTimeOffset completed = _test.Time.GetUtcNow();
        while (!first.IsCompleted)
        {
            _test.Time.Advance(TimeSpan.FromSeconds(0.25));
        }

        Assert.InRange((_test.Time.GetUtcNow() - completed).TotalSeconds, 0, 2);
        Assert.True(await first);
    }

    [Fact]
    public async Task A_missing_file_is_a_gap_and_a_late_one_is_not_read()
    {
        ConformingSources.WriteHdf5(In("road_0000.h5"), 0, 250);
        ConformingSources.WriteHdf5(In("road_0500.h5"), 500, 250);
        await using var source = new DirectorySource(new DirectorySourceOptions { Directory = "." }, _test.Context);
        SourceReading reading = await SourceReading.Of(source, _test.Time, enough: 500, notices: 1);
        Assert.Equal("5 s are missing: the data before end at 2026-01-01T00:00:05.000Z, this goes on at 2026-01-01T00:00:10.000Z.", Assert.Single(reading.Notices).Message);

        ConformingSources.WriteHdf5(In("road_0250.h5"), 250, 250);
        ConformingSources.WriteHdf5(In("road_0750.h5"), 750, 250);
        await using var again = new DirectorySource(new DirectorySourceOptions { Directory = "." }, _test.Context);
        SourceReading rest = await SourceReading.Of(again, _test.Time, reading.Positions[^1].Next, enough: 250);
        Assert.Empty(rest.Notices);
        Assert.Equal(Expected.Epoch.AddSeconds(15), rest.Rows[0].Time);
    }

    [Fact]
    public async Task A_finished_file_may_be_cleared_away_before_a_restart()
    {
        ConformingSources.WriteHdf5(In("road_0000.h5"), 0, 250);
        await using var source = new DirectorySource(new DirectorySourceOptions { Directory = "." }, _test.Context);
        SourceReading reading = await SourceReading.Of(source, _test.Time, enough: 250);
        File.Delete(In("road_0000.h5"));
        ConformingSources.WriteHdf5(In("road_0250.h5"), 250, 250);

        await using var again = new DirectorySource(new DirectorySourceOptions { Directory = "." }, _test.Context);
        SourceReading rest = await SourceReading.Of(again, _test.Time, reading.Positions[^1].Next, enough: 250);
        Assert.Empty(rest.Notices);
        Assert.Equal(Expected.Epoch.AddSeconds(5), rest.Rows[0].Time);
    }

    [Fact]
    public async Task Npy_files_wait_for_their_sidecar()
    {
        ConformingSources.WriteNpy(In("road_0000.npy"), 0, 250);
        File.Move(In("road_0000.json"), In("sidecar"));
        await using IAsyncEnumerator<SourceItem<DasBlock>> items = Open();
        Task<bool> first = items.MoveNextAsync().AsTask();
        Pass(TimeSpan.FromSeconds(20));
        Assert.False(first.IsCompleted);

        File.Move(In("sidecar"), In("road_0000.json"));
        Pass(TimeSpan.FromSeconds(2));
        Assert.True(await first);
        Assert.NotNull(items.Current.Sample);
    }

    public void Dispose() => _test.Dispose();

    private string In(string name) => Path.Combine(_test.Folder, name);

    private IAsyncEnumerator<SourceItem<DasBlock>> Open() =>
        new DirectorySource(new DirectorySourceOptions { Directory = "." }, _test.Context)
            .ReadAsync(null, TestContext.Current.CancellationToken).GetAsyncEnumerator(TestContext.Current.CancellationToken);

    private void Pass(TimeSpan time)
    {
        for (TimeSpan passed = TimeSpan.Zero; passed < time; passed += TimeSpan.FromSeconds(0.25))
        {
            _test.Time.Advance(TimeSpan.FromSeconds(0.25));
        }
    }
}

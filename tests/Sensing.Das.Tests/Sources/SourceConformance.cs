using Sensing.Streams;

namespace Sensing.Das.Tests.Sources;

/// <summary>What every source must do. A source takes part with one line: a class that derives from this.</summary>
public abstract class SourceConformance(Func<SourceUnderTest> make) : IDisposable
{
    private readonly SourceUnderTest _test = make();

    [Fact]
    public async Task Every_sample_is_yielded_once_and_in_order()
    {
        await using ISource<DasBlock> source = _test.Open(_test);
        SourceReading reading = await SourceReading.Of(source, _test.Time, enough: _test.Rows);

        Assert.Empty(reading.Notices);
        AssertExpected(reading, 0);
    }

    [Fact]
    public async Task Opened_after_any_position_it_yields_exactly_the_rest()
    {
        await using ISource<DasBlock> whole = _test.Open(_test);
        SourceReading reading = await SourceReading.Of(whole, _test.Time, enough: _test.Rows);
        Assert.True(reading.Positions.Count > 3, "The test needs several positions.");
        foreach ((SourcePosition position, int rowsBefore) in reading.Positions)
        {
            Assert.InRange(position.Value.Length, 1, 4096);
            if (rowsBefore < _test.Rows)
            {
                await using ISource<DasBlock> rest = _test.Open(_test);
                AssertExpected(await SourceReading.Of(rest, _test.Time, position, _test.Rows - rowsBefore), rowsBefore);
            }
        }
    }

    [Fact]
    public async Task A_position_saved_in_the_middle_of_the_rest_is_as_good()
    {
        await using ISource<DasBlock> first = _test.Open(_test);
        SourceReading a = await SourceReading.Of(first, _test.Time, enough: _test.Rows / 3);
        await using ISource<DasBlock> second = _test.Open(_test);
        SourceReading b = await SourceReading.Of(second, _test.Time, a.Positions[^1].Next, _test.Rows / 3);
        await using ISource<DasBlock> third = _test.Open(_test);
        int before = a.Rows.Count + b.Rows.Count;
        AssertExpected(await SourceReading.Of(third, _test.Time, b.Positions[^1].Next, _test.Rows - before), before);
    }

    [Fact]
    public async Task Cancellation_ends_the_enumeration()
    {
        using var cancel = new CancellationTokenSource();
        await using ISource<DasBlock> source = _test.Open(_test);
        await using IAsyncEnumerator<SourceItem<DasBlock>> items = source.ReadAsync(null, cancel.Token).GetAsyncEnumerator(cancel.Token);
        Assert.True(await SourceReading.Next(items, _test.Time));
        items.Current.Sample?.Dispose();
        await cancel.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await items.MoveNextAsync());
    }

    [Fact]
    public async Task A_position_of_another_source_is_refused_with_a_remedy()
    {
        await using ISource<DasBlock> source = _test.Open(_test);
        SourceException error = await Assert.ThrowsAsync<SourceException>(
            () => SourceReading.Of(source, _test.Time, new SourcePosition("something|else")));

        Assert.Contains("Delete the stream's checkpoint", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_input_that_is_not_there_is_named_with_a_remedy()
    {
        await using ISource<DasBlock> source = _test.OpenAbsent(_test);
        SourceException error = await Assert.ThrowsAsync<SourceException>(() => SourceReading.Of(source, _test.Time));

        Assert.Contains("absent", error.Message, StringComparison.Ordinal);
        Assert.NotEmpty(error.Problem);
        Assert.NotEmpty(error.Remedy);
    }

    public void Dispose()
    {
        _test.Dispose();
        GC.SuppressFinalize(this);
    }

    private void AssertExpected(SourceReading reading, int from)
    {
        Assert.Equal(_test.Rows - from, reading.Rows.Count);
        using DasBlock expected = _test.Expected.Read(from, _test.Rows - from);
        double tolerance = _test.Tolerance * _test.Expected.WhiteNoise;
        for (int r = 0; r < reading.Rows.Count; r++)
        {
            Assert.Equal(expected.TimeOf(r), reading.Rows[r].Time);
            if (tolerance == 0)
            {
                Assert.Equal(expected.Row(r).ToArray(), reading.Rows[r].Values);
            }
            else
            {
                for (int c = 0; c < expected.Geometry.Channels; c++)
                {
                    Assert.Equal(expected.Row(r)[c], reading.Rows[r].Values[c], tolerance);
                }
            }
        }
    }
}

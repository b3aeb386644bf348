using Sensing.Streams;
using Xunit;

namespace Sensing.Testing.Conformance;

/// <summary>What every source must do. A source joins with one line: a class that derives from this.</summary>
public abstract class SourceConformance<TSample>(Func<SourceUnderTest<TSample>> make) : IDisposable
    where TSample : class, ITimed
{
    private readonly SourceUnderTest<TSample> _test = make();

    private int Count => _test.Expected.Count;

    [Fact]
    public async Task Every_sample_is_yielded_once_and_in_order()
    {
        await using ISource<TSample> source = _test.Open(_test);
        SourceReading reading = await SourceReading.Of(source, _test, enough: Count);

        Assert.Empty(reading.Notices);
        AssertExpected(reading, 0);
    }

    [Fact]
    public async Task Opened_after_any_position_it_yields_exactly_the_rest()
    {
        await using ISource<TSample> whole = _test.Open(_test);
        SourceReading reading = await SourceReading.Of(whole, _test, enough: Count);
        Assert.True(reading.Positions.Count > 3, "The test needs several positions.");
        foreach ((SourcePosition position, int before) in reading.Positions)
        {
            Assert.InRange(position.Value.Length, 1, 4096);
            if (before < Count)
            {
                await using ISource<TSample> rest = _test.Open(_test);
                AssertExpected(await SourceReading.Of(rest, _test, position, Count - before), before);
            }
        }
    }

    [Fact]
    public async Task A_position_saved_in_the_middle_of_the_rest_is_as_good()
    {
        await using ISource<TSample> first = _test.Open(_test);
        SourceReading a = await SourceReading.Of(first, _test, enough: Count / 3);
        await using ISource<TSample> second = _test.Open(_test);
        SourceReading b = await SourceReading.Of(second, _test, a.Positions[^1].Next, Count / 3);
        await using ISource<TSample> third = _test.Open(_test);
        int before = a.Readings.Count + b.Readings.Count;
        AssertExpected(await SourceReading.Of(third, _test, b.Positions[^1].Next, Count - before), before);
    }

    [Fact]
    public async Task Cancellation_ends_the_enumeration()
    {
        using var cancel = new CancellationTokenSource();
        await using ISource<TSample> source = _test.Open(_test);
        await using IAsyncEnumerator<SourceItem<TSample>> items = source.ReadAsync(null, cancel.Token).GetAsyncEnumerator(cancel.Token);
        Assert.True(await SourceReading.Next(items, _test.Time));
        (items.Current.Sample as IDisposable)?.Dispose();
        await cancel.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await items.MoveNextAsync());
    }

    [Fact]
    public async Task A_position_of_another_source_is_refused_with_a_remedy()
    {
        await using ISource<TSample> source = _test.Open(_test);
        SourceException error = await Assert.ThrowsAsync<SourceException>(
            () => SourceReading.Of(source, _test, new SourcePosition("something|else")));

        Assert.Contains("Delete the stream's checkpoint", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_input_that_does_not_exist_is_named_with_a_remedy()
    {
        await using ISource<TSample> source = _test.OpenAbsent(_test);
        SourceException error = await Assert.ThrowsAsync<SourceException>(() => SourceReading.Of(source, _test));

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
        Assert.Equal(Count - from, reading.Readings.Count);
        for (int i = 0; i < reading.Readings.Count; i++)
        {
            TimedValues expected = _test.Expected[from + i], read = reading.Readings[i];
            Assert.Equal(expected.Time, read.Time);
            if (_test.Tolerance == 0)
            {
                Assert.Equal(expected.Values, read.Values);
                continue;
            }

            Assert.Equal(expected.Values.Length, read.Values.Length);
            for (int c = 0; c < expected.Values.Length; c++)
            {
                Assert.Equal(expected.Values[c], read.Values[c], _test.Tolerance);
            }
        }
    }
}

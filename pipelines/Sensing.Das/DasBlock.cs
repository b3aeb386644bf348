using System.Buffers;
using Sensing.Streams;

namespace Sensing.Das;

/// <summary>A block of strain rate, [time][channel], row after row, 32-bit floats in 1/s.</summary>
/// <remarks>
/// The samples are rented from a pool and given back by <see cref="Dispose"/>; nobody may keep a view of them past that.
/// The first sample's time is given in ticks of 100 ns and, so that long recordings keep an exact sample grid, as the
/// sample's number since <see cref="Epoch"/>: sample <c>n</c> is at <c>Epoch + n × TimeStepSeconds</c>. A new epoch (or a
/// first sample other than the one expected) is a gap or a jump of the clock. NaN marks a value that is not known.
/// </remarks>
public sealed class DasBlock : ITimed, IDisposable
{
    private float[]? _rented;

    /// <param name="geometry">Channels and steps.</param>
    /// <param name="epoch">Time of sample 0 of the sample grid.</param>
    /// <param name="firstSample">Number of the block's first sample on that grid, 0 or more.</param>
    /// <param name="rows">Samples per channel, 1 or more.</param>
    public DasBlock(DasGeometry geometry, DateTimeOffset epoch, long firstSample, int rows)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(rows, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(firstSample);
        Geometry = geometry;
        Epoch = epoch;
        FirstSample = firstSample;
        Rows = rows;
        _rented = ArrayPool<float>.Shared.Rent(checked(rows * geometry.Channels));
    }

    public DasGeometry Geometry { get; }

    /// <summary>Time of sample 0 of the sample grid.</summary>
    public DateTimeOffset Epoch { get; }

    /// <summary>Number of the first row's sample on the grid.</summary>
    public long FirstSample { get; }

    /// <summary>Samples per channel.</summary>
    public int Rows { get; }

    public DateTimeOffset Time => TimeOf(0);

    public TimeSpan Duration => TimeOf(Rows) - TimeOf(0);

    /// <summary>All values, row after row; <c>Rows × Channels</c> long.</summary>
    public Span<float> Values => (_rented ?? throw new ObjectDisposedException(nameof(DasBlock))).AsSpan(0, Rows * Geometry.Channels);

    /// <summary>The values of all channels at one instant.</summary>
    public Span<float> Row(int row) => Values.Slice(row * Geometry.Channels, Geometry.Channels);

    /// <summary>Time of a row, rounded to 100 ns.</summary>
    public DateTimeOffset TimeOf(int row) => Geometry.TimeOf(Epoch, FirstSample + row);

    public void Dispose()
    {
        if (_rented is { } rented)
        {
            _rented = null;
            ArrayPool<float>.Shared.Return(rented);
        }
    }
}

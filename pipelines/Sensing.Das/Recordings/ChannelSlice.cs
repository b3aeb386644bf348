using System.Buffers;

namespace Sensing.Das.Recordings;

/// <summary>Some neighbouring channels of a recording.</summary>
internal sealed class ChannelSlice(SampleMatrix all, int first, int count) : SampleMatrix
{
    public override long Rows => all.Rows;

    public override int Channels => count;

    public override void Read(long firstRow, int rows, Span<float> values)
    {
        float[] rented = ArrayPool<float>.Shared.Rent(rows * all.Channels);
        try
        {
            Span<float> whole = rented.AsSpan(0, rows * all.Channels);
            all.Read(firstRow, rows, whole);
            for (int r = 0; r < rows; r++)
            {
                whole.Slice((r * all.Channels) + first, count).CopyTo(values[(r * count)..]);
            }
        }
        finally
        {
            ArrayPool<float>.Shared.Return(rented);
        }
    }

    public override void Dispose()
    {
        all.Dispose();
        base.Dispose();
    }
}

using Sensing.Streams;

namespace Sensing.Das.Sources.Live;

/// <summary>Collects the rows of messages into blocks on the stream's sample grid.</summary>
internal sealed class LiveBlocks(double blockSeconds, LivePosition position, Action<SourceItem<DasBlock>> emit) : IDisposable
{
    private DasBlock? _block;
    private int _filled;

    /// <summary>Where the stream stands, the rows of the unfinished block included.</summary>
    public LivePosition Position { get; private set; } = position;

    /// <summary>Begins a new grid: what follows does not join what came before.</summary>
    public void Begin(DateTimeOffset epoch, DasGeometry geometry)
    {
        Flush();
        Position = Position with { Epoch = epoch, NextSample = 0, Geometry = geometry };
    }

    /// <summary>Passes over a sample that only serves the next.</summary>
    public void Skip()
    {
        Flush();
        Position = Position with { NextSample = Position.NextSample + 1 };
    }

    public void Tell(bool away) => Position = Position with { Away = away };

    /// <summary>Where the next rows' values go, [time][channel]; <see cref="Took"/> follows.</summary>
    public Span<float> Room(int rows)
    {
        DasGeometry geometry = Position.Geometry ?? throw new InvalidOperationException("No grid has begun.");
        if (_block is not null && _filled + rows > _block.Rows)
        {
            Flush();
        }

        // Whole messages: as many as the block's length asks for, one at least.
        int messages = Math.Max(1, (int)Math.Round(blockSeconds / (rows * geometry.TimeStepSeconds)));
        _block ??= new DasBlock(geometry, Position.Epoch, Position.NextSample, rows * messages);
        return _block.Values.Slice(_filled * geometry.Channels, rows * geometry.Channels);
    }

    /// <summary>The rows are there; a full block goes out.</summary>
    public void Took(int rows)
    {
        _filled += rows;
        Position = Position with { NextSample = Position.NextSample + rows };
        if (_filled == _block!.Rows)
        {
            Flush();
        }
    }

    /// <summary>Hands out what is there of the unfinished block.</summary>
    public void Flush()
    {
        if (_block is not { } block)
        {
            return;
        }

        _block = null;
        if (_filled < block.Rows)
        {
            using DasBlock longer = block;
            block = new DasBlock(longer.Geometry, longer.Epoch, longer.FirstSample, _filled);
            longer.Values[..block.Values.Length].CopyTo(block.Values);
        }

        _filled = 0;
        emit(SourceItem<DasBlock>.Of(block, Position.ToSourcePosition()));
    }

    public void Dispose() => _block?.Dispose();
}

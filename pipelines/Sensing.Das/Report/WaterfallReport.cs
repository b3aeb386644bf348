using Sensing.Das.Condition;
using Sensing.Das.Events;
using Sensing.Events;
using Sensing.Steps;

namespace Sensing.Das.Report;

/// <summary>The conditioned image, reduced in time and along the fibre, as tiles for display.</summary>
/// <remarks>Each column and row is the mean of what it covers, of the first template's evidence: vehicles are bright lines. Tiles
/// stand on the rows' grid since the last break, so that they do not depend on how the input is cut.</remarks>
internal sealed class WaterfallReport(DasOptions options, StreamAddress address) : IStep<ConditionedRow, SensorEvent>
{
    /// <summary>Value of a level: ±127 levels reach to ±25 deviations.</summary>
    private const double LevelScale = 0.2;

    private float[] _sums = [];
    private int _columns;
    private int _group;
    private int _rowsPerLine;
    private int _lines;
    private DasGeometry? _geometry;
    private DateTimeOffset _origin;
    private double _stepSeconds;
    private double _firstM;
    private double _stepM;
    private long _row;

    public void Next(ConditionedRow row, Action<SensorEvent> emit)
    {
        if (!options.Report.Waterfall)
        {
            return;
        }

        if (_geometry != row.Layout.Geometry)
        {
            Begin(row.Layout);
        }

        _origin = row.Origin;
        _row = row.Row;
        int line = (int)(row.Row / _rowsPerLine % _lines);
        for (int p = 0; p < row.Layout.Positions; p++)
        {
            _sums[(line * _columns) + (p / _group)] += row.Evidence[0][p];
        }

        if ((row.Row + 1) % ((long)_rowsPerLine * _lines) == 0)
        {
            emit(Tile(_lines));
        }
    }

    public void Break(Action<SensorEvent> emit)
    {
        int complete = _geometry is null ? 0 : (int)((_row + 1) / _rowsPerLine % _lines);
        if (complete > 0)
        {
            emit(Tile(complete));
        }

        Array.Clear(_sums);
        _geometry = null;
    }

    public void Save(BinaryWriter state)
    {
        state.Mark("waterfall-1");
        state.WriteGeometry(_geometry);
        state.WriteTime(_origin);
        state.Write(_row);
        if (_geometry is not null)
        {
            state.WriteArray<float>(_sums);
        }
    }

    public void Load(BinaryReader state)
    {
        state.Expect("waterfall-1");
        _geometry = null;
        DasGeometry? geometry = state.ReadGeometry();
        _origin = state.ReadTime();
        _row = state.ReadInt64();
        if (geometry is not null)
        {
            Begin(new FibreLayout(geometry, options));
            state.ReadArray<float>(_sums);
        }
    }

    private void Begin(FibreLayout layout)
    {
        _geometry = layout.Geometry;
        _group = (layout.Positions + options.Report.TileColumns - 1) / options.Report.TileColumns;
        _columns = (layout.Positions + _group - 1) / _group;
        _rowsPerLine = Math.Max(1, (int)Math.Ceiling((layout.RateHz / options.Report.TileRateHz) - 1e-9));
        _stepSeconds = _rowsPerLine * layout.StepSeconds;
        _lines = Math.Max(1, (int)Math.Round(options.Report.TileSeconds / _stepSeconds));
        _firstM = layout.FirstM + ((_group - 1) * layout.StepM / 2);
        _stepM = _group * layout.StepM;
        _sums = new float[_lines * _columns];
    }

    private SensorEvent Tile(int lines)
    {
        // The tile's first row; a line's time is that of its first row.
        long first = (_row + 1 - ((_row + 1) % _rowsPerLine) - ((long)lines * _rowsPerLine)) / _rowsPerLine;
        var levels = new byte[lines * _columns];
        for (int i = 0; i < levels.Length; i++)
        {
            double mean = _sums[i] / (_rowsPerLine * _group);
            levels[i] = (byte)(sbyte)Math.Clamp(Math.Round(mean / LevelScale), -127, 127);
        }

        Array.Clear(_sums);
        DateTimeOffset time = _origin.AddTicks((long)Math.Round(first * _stepSeconds * TimeSpan.TicksPerSecond));
        return DasEvents.Waterfall.Create(address, time, "", new WaterfallTile
        {
            Rows = lines,
            Columns = _columns,
            StepSeconds = Math.Round(_stepSeconds, 6),
            FirstM = Math.Round(_firstM, 3),
            StepM = Math.Round(_stepM, 4),
            Scale = LevelScale,
            Unit = "1",
            Levels = Convert.ToBase64String(levels),
        });
    }
}

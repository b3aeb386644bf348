namespace Sensing.TrafficCamera.Tracks;

/// <summary>The assignment of rows to columns with the least sum of costs.</summary>
/// <remarks>The Hungarian method in its shortest-augmenting-path form, O(rows² · columns): Jonker and Volgenant,
/// Computing 38 (1987). A row may stay without a column at a fixed cost. Buffers grow to the largest problem seen and
/// are kept.</remarks>
internal sealed class Assignment
{
    private double[] _rowPotential = [];
    private double[] _columnPotential = [];
    private double[] _least = [];
    private int[] _rowOf = [];
    private int[] _previous = [];
    private bool[] _used = [];

    /// <summary>Solves it.</summary>
    /// <param name="costs">Row by row; infinity forbids a pair.</param>
    /// <param name="rows">Number of rows.</param>
    /// <param name="columns">Number of columns.</param>
    /// <param name="alone">Cost of a row without a column.</param>
    /// <param name="columnOf">Receives the column of each row, −1 for none.</param>
    public void Solve(ReadOnlySpan<double> costs, int rows, int columns, double alone, Span<int> columnOf)
    {
        // One more column a row, at the fixed cost: "none".
        int all = columns + rows;
        Reserve(rows + 1, all + 1);
        Array.Clear(_rowPotential, 0, rows + 1);
        Array.Clear(_columnPotential, 0, all + 1);
        Array.Clear(_rowOf, 0, all + 1);
        for (int row = 1; row <= rows; row++)
        {
            Augment(costs, row, columns, all, alone);
        }

        columnOf[..rows].Fill(-1);
        for (int column = 1; column <= columns; column++)
        {
            if (_rowOf[column] > 0)
            {
                columnOf[_rowOf[column] - 1] = column - 1;
            }
        }
    }

    private void Augment(ReadOnlySpan<double> costs, int row, int columns, int all, double alone)
    {
        _rowOf[0] = row;
        Array.Fill(_least, double.MaxValue, 0, all + 1);
        Array.Clear(_used, 0, all + 1);
        int column = 0;
        do
        {
            _used[column] = true;
            int at = _rowOf[column], next = 0;
            double delta = double.MaxValue;
            for (int c = 1; c <= all; c++)
            {
                if (_used[c])
                {
                    continue;
                }

                // Forbidden pairs cost more than any number of rows left alone.
                double cost = c > columns ? alone : Math.Min(costs[((at - 1) * columns) + c - 1], 1e9);
                double reduced = cost - _rowPotential[at] - _columnPotential[c];
                if (reduced < _least[c])
                {
                    _least[c] = reduced;
                    _previous[c] = column;
                }

                if (_least[c] < delta)
                {
                    delta = _least[c];
                    next = c;
                }
            }

            for (int c = 0; c <= all; c++)
            {
                if (_used[c])
                {
                    _rowPotential[_rowOf[c]] += delta;
                    _columnPotential[c] -= delta;
                }
                else
                {
                    _least[c] -= delta;
                }
            }

            column = next;
        }
        while (_rowOf[column] != 0);

        while (column != 0)
        {
            int before = _previous[column];
            _rowOf[column] = _rowOf[before];
            column = before;
        }
    }

    private void Reserve(int rows, int columns)
    {
        if (_rowPotential.Length < rows)
        {
            _rowPotential = new double[2 * rows];
        }

        if (_columnPotential.Length < columns)
        {
            int size = 2 * columns;
            (_columnPotential, _least) = (new double[size], new double[size]);
            (_rowOf, _previous, _used) = (new int[size], new int[size], new bool[size]);
        }
    }
}

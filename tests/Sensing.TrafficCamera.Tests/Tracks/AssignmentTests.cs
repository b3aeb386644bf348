using CsCheck;
using Sensing.TrafficCamera.Tracks;
using Xunit;

namespace Sensing.TrafficCamera.Tests.Tracks;

public sealed class AssignmentTests
{
    [Fact]
    public void Costs_as_little_as_the_best_of_all_assignments()
    {
        Gen.Select(Gen.Int[0, 5], Gen.Int[0, 5], Gen.Int[0, 1000].Array[25]).Sample((rows, columns, values) =>
        {
            // Every fifth pair is forbidden.
            double[] costs = [.. values[..(rows * columns)].Select(v => v % 5 == 0 ? double.PositiveInfinity : v / 100.0)];
            int[] found = new int[rows];
            new Assignment().Solve(costs, rows, columns, 6, found);
            Assert.Equal(found.Where(c => c >= 0).Count(), found.Where(c => c >= 0).Distinct().Count());
            double cost = found.Select((c, r) => c < 0 ? 6 : costs[(r * columns) + c]).Sum();
            Assert.Equal(Best(costs, rows, columns, 0, 0), cost, 9);
        });
    }

    private static double Best(double[] costs, int rows, int columns, int row, int used)
    {
        if (row == rows)
        {
            return 0;
        }

        double best = 6 + Best(costs, rows, columns, row + 1, used);
        for (int c = 0; c < columns; c++)
        {
            if ((used & (1 << c)) == 0 && !double.IsInfinity(costs[(row * columns) + c]))
            {
                best = Math.Min(best, costs[(row * columns) + c] + Best(costs, rows, columns, row + 1, used | (1 << c)));
            }
        }

        return best;
    }
}

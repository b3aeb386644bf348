using Sensing.Das.Tracks;
using Sensing.Steps;
using Sensing.Streams;

namespace Sensing.Das.Hough;

/// <summary>The coarse delays of one direction, from the slow part of the first vehicles' passages.</summary>
/// <remarks>
/// Times are modelled as a line of each vehicle's own plus a delay of each position's own, and both are found in turn (Tukey's median
/// polish, Exploratory Data Analysis, 1977): lines by robust regression, delays as medians over the vehicles. What a constant or a
/// trend of the delays could take from the lines is taken out of them, and a delay that few vehicles speak for is drawn towards zero.
/// The vehicles are those that were found without any delay; once there are <see cref="Vehicles"/> of them, the delays stay: were they
/// learnt from lines that they have bent themselves, they could drift.
/// </remarks>
internal sealed class CoarseDelays(int positions, double limit) : IResumable
{
    /// <summary>So many vehicles are enough, and fewer would leave the median to chance.</summary>
    public const int Vehicles = 25;

    private const int Rounds = 6;

    /// <summary>So many vehicles' worth of evidence stands for a delay of zero.</summary>
    private const double Prior = 2;

    /// <summary>A line with more scatter than this, s, is of several vehicles.</summary>
    private const double MostScatter = 0.6;

    private readonly double[][] _times = [.. Enumerable.Range(0, Vehicles).Select(_ => new double[positions])];
    private int _count;

    /// <summary>Whether the delays have been found.</summary>
    public bool IsKnown => _count == Vehicles;

    public double[] Values { get; } = new double[positions];

    /// <summary>Takes a vehicle's times, raw; all that come after the last are passed over.</summary>
    public void Add(IReadOnlyList<(int Position, double Seconds)> vehicle)
    {
        if (IsKnown || vehicle.Count == 0)
        {
            return;
        }

        double[] times = _times[_count++];
        Array.Fill(times, double.NaN);
        foreach ((int position, double seconds) in vehicle)
        {
            times[position] = seconds - vehicle[0].Seconds;
        }

        if (IsKnown)
        {
            Polish();
        }
    }

    public void Save(BinaryWriter state)
    {
        state.Write(_count);
        state.WriteArray<double>(Values);
        for (int v = 0; v < _count; v++)
        {
            state.WriteArray<double>(_times[v]);
        }
    }

    public void Load(BinaryReader state)
    {
        int count = state.ReadInt32();
        _count = count is >= 0 and <= Vehicles ? count : throw new InvalidDataException($"The saved state claims {count} vehicles.");
        state.ReadArray<double>(Values);
        for (int v = 0; v < _count; v++)
        {
            state.ReadArray<double>(_times[v]);
        }
    }

    private void Polish()
    {
        var delays = new double[positions];
        var known = new bool[positions];
        for (int round = 0; round < Rounds; round++)
        {
            List<double>[] residuals = [.. Enumerable.Range(0, positions).Select(_ => new List<double>(Vehicles))];
            foreach (double[] times in _times)
            {
                Collect(times, delays, residuals);
            }

            for (int p = 0; p < positions; p++)
            {
                int count = residuals[p].Count;
                known[p] = count > 0;
                delays[p] = count == 0 ? 0 : Median(residuals[p]) * count / (count + Prior);
            }

            Trend.Remove(delays, known);
        }

        for (int p = 0; p < positions; p++)
        {
            Values[p] = Math.Clamp(delays[p], -limit, limit);
        }
    }

    private void Collect(double[] times, double[] delays, List<double>[] residuals)
    {
        int[] at = [.. Enumerable.Range(0, positions).Where(p => !double.IsNaN(times[p]))];
        if (at.Length < 3)
        {
            return;
        }

        var line = RobustLine.Fit([.. at.Select(p => (double)p)], [.. at.Select(p => times[p] - delays[p])], 1);
        if (line.Deviation > MostScatter)
        {
            return;
        }

        foreach (int p in at)
        {
            residuals[p].Add(times[p] - line.SecondsAt(p));
        }
    }

    private static double Median(List<double> values)
    {
        values.Sort();
        return (values[(values.Count - 1) / 2] + values[values.Count / 2]) / 2;
    }
}

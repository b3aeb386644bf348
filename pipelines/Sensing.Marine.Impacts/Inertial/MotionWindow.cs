namespace Sensing.Marine.Impacts.Inertial;

/// <summary>A stretch of readings at even intervals, channel by channel: three of acceleration (or force), three of rate (or torque).</summary>
public sealed class MotionWindow
{
    public const int Channels = 6;

    private readonly double[][] _channels;

    /// <param name="rate">Samples a second.</param>
    /// <param name="channels">Six arrays of one length, at least 4.</param>
    public MotionWindow(double rate, double[][] channels)
    {
        if (channels.Length != Channels || channels[0].Length < 4 || channels.Any(channel => channel.Length != channels[0].Length))
        {
            throw new ArgumentException("A window has six channels of one length, at least 4.", nameof(channels));
        }

        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(rate, 0);
        (Rate, _channels) = (rate, channels);
    }

    public double Rate { get; }

    public int Length => _channels[0].Length;

    public ReadOnlySpan<double> this[int channel] => _channels[channel];

    public static MotionWindow Of(double rate, IReadOnlyList<Motion6> samples)
    {
        double[][] channels = [.. Enumerable.Range(0, Channels).Select(_ => new double[samples.Count])];
        for (int i = 0; i < samples.Count; i++)
        {
            Motion6 sample = samples[i];
            (channels[0][i], channels[1][i], channels[2][i]) = (sample.X, sample.Y, sample.Z);
            (channels[3][i], channels[4][i], channels[5][i]) = (sample.P, sample.Q, sample.R);
        }

        return new MotionWindow(rate, channels);
    }

    /// <summary>The same motion seen by a sensor that is turned or mirrored.</summary>
    /// <param name="axes">Orthogonal, row by row: new axis = sum of old ones. A reflection turns rates the other way, as they are axial vectors.</param>
    public MotionWindow Transformed(ReadOnlySpan<double> axes)
    {
        double determinant = (axes[0] * ((axes[4] * axes[8]) - (axes[5] * axes[7])))
            - (axes[1] * ((axes[3] * axes[8]) - (axes[5] * axes[6])))
            + (axes[2] * ((axes[3] * axes[7]) - (axes[4] * axes[6])));
        var made = new double[Channels][];
        for (int channel = 0; channel < Channels; channel++)
        {
            int row = channel % 3 * 3, first = channel / 3 * 3;
            double sign = channel < 3 ? 1 : Math.Sign(determinant);
            double[] values = new double[Length];
            for (int i = 0; i < values.Length; i++)
            {
                values[i] = sign * ((axes[row] * _channels[first][i]) + (axes[row + 1] * _channels[first + 1][i]) + (axes[row + 2] * _channels[first + 2][i]));
            }

            made[channel] = values;
        }

        return new MotionWindow(Rate, made);
    }
}

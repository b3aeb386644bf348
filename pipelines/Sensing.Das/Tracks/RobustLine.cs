namespace Sensing.Das.Tracks;

/// <summary>Robust polynomial regression of time on distance, of degree 1 or 2.</summary>
/// <remarks>
/// Iteratively reweighted least squares with Huber's weights (Huber, Robust Statistics, 1981, ch. 7), tuning constant 1.345
/// times the median absolute residual / 0.6745. Distances are taken from their mean and scaled to ±1. The covariance is
/// s² (XᵀWX)⁻¹ with s² from the weighted residuals; neighbouring positions share their noise over the gauge length and
/// the filters, so it is multiplied by how many of them do: by (1 + ρ) / (1 − ρ), the factor of a first-order autoregression (Bartlett, 1946),
/// with ρ from the residuals themselves, and at least by what the geometry says.
/// </remarks>
public sealed class RobustLine
{
    private const double Tuning = 1.345;
    private const int Rounds = 12;

    private readonly double _middle;
    private readonly double _half;
    private readonly double[] _beta;
    private readonly double[,] _covariance;

    private RobustLine(double middle, double half, double[] beta, double[,] covariance, double deviation)
    {
        _middle = middle;
        _half = half;
        _beta = beta;
        _covariance = covariance;
        Deviation = deviation;
    }

    /// <summary>Standard deviation of one point about the fit, s.</summary>
    public double Deviation { get; }

    public int Degree => _beta.Length - 1;

    /// <param name="x">Distances, m; more of them than the degree, not all equal.</param>
    /// <param name="t">Times, s.</param>
    /// <param name="degree">1 or 2.</param>
    /// <param name="sharing">How many neighbouring points share their noise, 1 or more.</param>
    /// <exception cref="ArgumentException">Too few points, or all at one place.</exception>
    public static RobustLine Fit(ReadOnlySpan<double> x, ReadOnlySpan<double> t, int degree, double sharing = 1)
    {
        double low = double.PositiveInfinity, high = double.NegativeInfinity;
        foreach (double value in x)
        {
            low = Math.Min(low, value);
            high = Math.Max(high, value);
        }

        if (x.Length <= degree || high <= low)
        {
            throw new ArgumentException($"{x.Length} points between {low} and {high} m do not fix a line of degree {degree}.", nameof(x));
        }

        double middle = (low + high) / 2, half = (high - low) / 2;
        var weights = new double[x.Length];
        Array.Fill(weights, 1);
        var residuals = new double[x.Length];
        double[] beta = [];
        var covariance = new double[degree + 1, degree + 1];
        for (int round = 0; round < Rounds; round++)
        {
            (beta, covariance) = Solve(x, t, weights, middle, half, degree);
            for (int i = 0; i < x.Length; i++)
            {
                residuals[i] = t[i] - Value(beta, (x[i] - middle) / half);
            }

            double[] sizes = [.. residuals.Select(Math.Abs).Order()];
            double scale = Math.Max(sizes[sizes.Length / 2] / 0.6745, 1e-4);
            for (int i = 0; i < x.Length; i++)
            {
                weights[i] = Math.Min(1, Tuning * scale / Math.Max(Math.Abs(residuals[i]), 1e-12));
            }
        }

        double squares = 0, total = 0;
        for (int i = 0; i < x.Length; i++)
        {
            squares += weights[i] * residuals[i] * residuals[i];
            total += weights[i];
        }

        double deviation = Math.Sqrt(squares / Math.Max(total - degree - 1, 1));
        double correlation = Correlation(residuals, weights);
        double shared = Math.Max(sharing, (1 + correlation) / (1 - correlation));
        for (int i = 0; i <= degree; i++)
        {
            for (int j = 0; j <= degree; j++)
            {
                covariance[i, j] *= deviation * deviation * shared;
            }
        }

        return new RobustLine(middle, half, beta, covariance, deviation);
    }

    /// <summary>Time at a distance, s.</summary>
    public double SecondsAt(double x) => Value(_beta, (x - _middle) / _half);

    /// <summary>Slowness at a distance, s/m, with sign.</summary>
    public double SlownessAt(double x) =>
        (_beta[1] + (Degree > 1 ? 2 * _beta[2] * (x - _middle) / _half : 0)) / _half;

    /// <summary>Mean slowness over the fitted stretch, s/m, with sign: that of its middle, also for a parabola.</summary>
    public double Slowness => _beta[1] / _half;

    /// <summary>Standard error of <see cref="Slowness"/>.</summary>
    public double SlownessError => Math.Sqrt(Math.Max(0, _covariance[1, 1])) / _half;

    /// <summary>The quadratic coefficient over its standard error; 0 for a straight line.</summary>
    public double Curvature => Degree < 2 ? 0 : _beta[2] / Math.Max(Math.Sqrt(Math.Max(0, _covariance[2, 2])), 1e-12);

    /// <summary>Change of the speed in the middle, m/s²: from t(x), d|v|/dt = −t″/|t′|³.</summary>
    public double AccelerationMs2 => Degree < 2 ? 0 : -2 * _beta[2] / (_half * _half) / Math.Pow(Math.Abs(Slowness), 3);

    /// <summary>Correlation of neighbouring residuals beyond what chance gives them, 0 to 0.9.</summary>
    private static double Correlation(double[] residuals, double[] weights)
    {
        double products = 0, squares = 0;
        for (int i = 0; i < residuals.Length; i++)
        {
            double one = weights[i] * residuals[i];
            squares += one * one;
            products += i > 0 ? one * weights[i - 1] * residuals[i - 1] : 0;
        }

        // Its own standard error is about 1/√n.
        return squares <= 0 ? 0 : Math.Clamp((products / squares) - (1 / Math.Sqrt(residuals.Length)), 0, 0.9);
    }

    private static double Value(double[] beta, double u) => beta[0] + (u * (beta[1] + (beta.Length > 2 ? u * beta[2] : 0)));

    private static (double[] Beta, double[,] Inverse) Solve(
        ReadOnlySpan<double> x, ReadOnlySpan<double> t, double[] weights, double middle, double half, int degree)
    {
        int n = degree + 1;
        var a = new double[n, 2 * n];
        var b = new double[n];
        for (int i = 0; i < x.Length; i++)
        {
            double u = (x[i] - middle) / half;
            for (int r = 0; r < n; r++)
            {
                b[r] += weights[i] * Math.Pow(u, r) * t[i];
                for (int c = 0; c < n; c++)
                {
                    a[r, c] += weights[i] * Math.Pow(u, r + c);
                }
            }
        }

        // Gauss and Jordan, the unit matrix beside: XᵀWX is small, positive and well scaled.
        for (int r = 0; r < n; r++)
        {
            a[r, n + r] = 1;
        }

        for (int p = 0; p < n; p++)
        {
            double pivot = a[p, p];
            for (int c = 0; c < 2 * n; c++)
            {
                a[p, c] /= pivot;
            }

            for (int r = 0; r < n; r++)
            {
                double factor = a[r, p];
                for (int c = 0; r != p && c < 2 * n; c++)
                {
                    a[r, c] -= factor * a[p, c];
                }
            }
        }

        var beta = new double[n];
        var inverse = new double[n, n];
        for (int r = 0; r < n; r++)
        {
            for (int c = 0; c < n; c++)
            {
                inverse[r, c] = a[r, n + c];
                beta[r] += inverse[r, c] * b[c];
            }
        }

        return (beta, inverse);
    }
}

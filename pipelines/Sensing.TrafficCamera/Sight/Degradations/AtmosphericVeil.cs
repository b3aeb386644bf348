using Sensing.Vision.Frames;

namespace Sensing.TrafficCamera.Sight.Degradations;

/// <summary>Haze or fog: I = J·t + A·(1 − t) with t = exp(−β·d) (Koschmieder, 1924), d from each row's depth.</summary>
/// <remarks>Laid over coded values, as the literature on dehazing does.</remarks>
public sealed class AtmosphericVeil : IFrameDegradation
{
    private readonly int[] _transmission;
    private readonly int _airlight;

    /// <param name="extinction">β, 1/m: 3.912 over the meteorological optical range.</param>
    /// <param name="airlight">A, luma 0…255; it has no colour.</param>
    /// <param name="height">Height of the frames.</param>
    /// <param name="depth">Distance of each row.</param>
    public AtmosphericVeil(double extinction, int airlight, int height, RowDepth depth)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(extinction);
        _airlight = Math.Clamp(airlight, 0, 255);
        _transmission = new int[height];
        for (int row = 0; row < height; row++)
        {
            _transmission[row] = (int)Math.Round(256 * Math.Exp(-extinction * depth.At(row + 0.5)));
        }
    }

    /// <summary>Optical range from 5 km (strength near 0) to 150 m (strength 1).</summary>
    public static AtmosphericVeil Haze(double strength, int height, RowDepth depth) =>
        new(strength <= 0 ? 0 : 3.912 / (5000 * Math.Pow(150.0 / 5000, strength)), 212, height, depth);

    /// <summary>Optical range from 400 m (strength near 0) to 60 m (strength 1).</summary>
    public static AtmosphericVeil Fog(double strength, int height, RowDepth depth) =>
        new(strength <= 0 ? 0 : 3.912 / (400 * Math.Pow(60.0 / 400, strength)), 196, height, depth);

    /// <summary>Share of a row's own light that reaches the camera, 0…1.</summary>
    public double TransmissionOf(int row) => _transmission[row] / 256.0;

    public void Apply(Frame frame, long number)
    {
        if (frame.Height != _transmission.Length)
        {
            throw new ArgumentException($"The veil was made for frames {_transmission.Length} pixels high, not {frame.Height}.", nameof(frame));
        }

        for (int row = 0; row < frame.Height; row++)
        {
            PlaneKernels.Towards(frame.Luma.Slice(row * frame.Width, frame.Width), _transmission[row], _airlight);
        }

        for (int row = 0; row < frame.ChromaHeight; row++)
        {
            int t = _transmission[Math.Min(2 * row, frame.Height - 1)];
            PlaneKernels.Towards(frame.Cb.Slice(row * frame.ChromaWidth, frame.ChromaWidth), t, 128);
            PlaneKernels.Towards(frame.Cr.Slice(row * frame.ChromaWidth, frame.ChromaWidth), t, 128);
        }
    }
}

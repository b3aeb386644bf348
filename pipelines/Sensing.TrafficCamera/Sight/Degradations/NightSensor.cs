using Sensing.TrafficCamera.Synthetic;
using Sensing.Vision.Frames;

namespace Sensing.TrafficCamera.Sight.Degradations;

/// <summary>Low light: less of the scene, then the noise of a sensor at its highest gain.</summary>
public sealed class NightSensor : IFrameDegradation
{
    private readonly int _share;
    private readonly SensorNoise _luma;
    private readonly SensorNoise _chroma;

    /// <param name="strength">0…1: luma falls to 20 %, the noise rises to 12 levels.</param>
    /// <param name="width">Width of the frames.</param>
    /// <param name="seed">Of the noise.</param>
    public NightSensor(double strength, int width, long seed)
    {
        _share = (int)Math.Round(256 * (1 - (0.8 * strength)));
        _luma = new SensorNoise(seed, 12 * strength, width);
        _chroma = new SensorNoise(seed + 1, 6 * strength, width);
    }

    public void Apply(Frame frame, long number)
    {
        PlaneKernels.Towards(frame.Luma, _share, 8);
        PlaneKernels.Towards(frame.Cb, _share, 128);
        PlaneKernels.Towards(frame.Cr, _share, 128);
        _luma.AddTo(frame.Luma, frame.Width, number, 0);
        _chroma.AddTo(frame.Cb, frame.ChromaWidth, number, 1);
        _chroma.AddTo(frame.Cr, frame.ChromaWidth, number, 2);
    }
}

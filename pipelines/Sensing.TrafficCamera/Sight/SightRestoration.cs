using Sensing.Steps;
using Sensing.Streams;
using Sensing.Vision.Frames;

namespace Sensing.TrafficCamera.Sight;

/// <summary>Makes up for bad sight, and leaves frames alone that have none: noise is averaged over time, a veil taken off,
/// darkness brightened.</summary>
public sealed class SightRestoration : IResumable
{
    // A veil below this is not worth the noise that taking it off would lift.
    private const double LeastVeil = 0.25;
    private const double LeastNoise = 2.5;
    private const double DarkBelow = 60, BrightenTo = 80;

    private readonly TemporalDenoiser _denoiser;
    private readonly Dehazing _dehazing;
    private readonly byte[] _gamma = new byte[256];
    private double _exponent = 1;

    public SightRestoration(int width, int height)
    {
        _denoiser = new TemporalDenoiser(width, height);
        _dehazing = new Dehazing(width, height);
    }

    /// <summary>What was done to the last frame.</summary>
    public SightRemedies Applied { get; private set; }

    /// <summary>Changes the frame in place, as far as its sight calls for it.</summary>
    public void Apply(Frame frame, SightReport sight)
    {
        Applied = SightRemedies.None;
        if (sight.Figures.Noise >= LeastNoise)
        {
            _denoiser.Apply(frame, sight.Figures.Noise);
            Applied |= SightRemedies.TemporalDenoising;
        }
        else
        {
            _denoiser.Reset();
        }

        double veil = SightQuality.Veil(sight.Figures);
        if (veil >= LeastVeil)
        {
            _dehazing.Apply(frame, Math.Min(0.92, 1.2 * veil));
            Applied |= SightRemedies.Dehazing;
        }
        else
        {
            _dehazing.Reset();
        }

        if (sight.Figures.Luminance < DarkBelow)
        {
            Brighten(frame, sight.Figures.Luminance);
            Applied |= SightRemedies.Gamma;
        }
    }

    public void Save(BinaryWriter state)
    {
        state.Mark("restoration-1");
        _denoiser.Save(state);
        _dehazing.Save(state);
    }

    public void Load(BinaryReader state)
    {
        state.Expect("restoration-1");
        _denoiser.Load(state);
        _dehazing.Load(state);
    }

    /// <summary>The exponent that would lift a plain of the mean level to <see cref="BrightenTo"/>, at most a square root.</summary>
    private void Brighten(Frame frame, double luminance)
    {
        // In steps, so that the table is not made anew for each frame.
        double wanted = Math.Log(BrightenTo / 255) / Math.Log(Math.Max(4, luminance) / 255);
        double exponent = Math.Round(Math.Clamp(wanted, 0.5, 1) * 50) / 50;
        if (exponent != _exponent)
        {
            _exponent = exponent;
            for (int level = 0; level < 256; level++)
            {
                _gamma[level] = (byte)Math.Round(255 * Math.Pow(level / 255.0, exponent));
            }
        }

        if (exponent < 1)
        {
            foreach (ref byte value in frame.Luma)
            {
                value = _gamma[value];
            }
        }
    }
}

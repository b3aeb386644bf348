using Sensing.Steps;
using Sensing.Streams;
using Sensing.Vision.Frames;

namespace Sensing.TrafficCamera.Sight;

/// <summary>Makes up for bad sight, and leaves frames alone that have none: rain is taken off, noise averaged over neighbours and time, a veil
/// taken off, darkness brightened.</summary>
/// <remarks>For the background model. Rain removal and averaging may take single flashes of a lamp off: what looks for them looks at the frame as
/// it came.</remarks>
public sealed class SightRestoration : IResumable
{
    // A veil below this is not worth the noise that taking it off would lift.
    private const double LeastVeil = 0.25;
    private const double LeastNoise = 2.5;
    private const double DarkBelow = 60, BrightenTo = 80, MostGain = 4;

    // Where the quality begins to fall for rain; half of it ends the removal.
    private const double LeastSparkle = 0.0025;

    private readonly RainRemoval _rain;
    private readonly SpatialDenoiser _smoothing;
    private readonly TemporalDenoiser _denoiser;
    private readonly Dehazing _dehazing;
    private readonly byte[] _levels = new byte[256];
    private readonly byte[] _colours = new byte[256];
    private double _gain = 1;
    private bool _raining;

    public SightRestoration(int width, int height)
    {
        _rain = new RainRemoval(width, height);
        _smoothing = new SpatialDenoiser(width, height);
        _denoiser = new TemporalDenoiser(width, height);
        _dehazing = new Dehazing(width, height);
    }

    /// <summary>What was done to the last frame.</summary>
    public SightRemedies Applied { get; private set; }

    /// <summary>Whether <see cref="Apply"/> would change a frame.</summary>
    public bool Calls(SightReport sight) => sight.Figures.Noise >= LeastNoise || SightQuality.Veil(sight.Figures) >= LeastVeil
        || sight.Figures.Luminance < DarkBelow || Rains(sight);

    /// <summary>Changes the frame in place, as far as its sight calls for it.</summary>
    public void Apply(Frame frame, SightReport sight)
    {
        Applied = SightRemedies.None;
        _raining = Rains(sight);
        if (_raining)
        {
            _rain.Apply(frame);
            Applied |= SightRemedies.RainRemoval;
        }
        else
        {
            _rain.Reset();
        }

        if (sight.Figures.Noise >= LeastNoise)
        {
            double left = _smoothing.Apply(frame, sight.Figures.Noise);
            _denoiser.Apply(frame, left);
            Applied |= SightRemedies.SpatialDenoising | SightRemedies.TemporalDenoising;
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
            Applied |= SightRemedies.Gain;
        }
    }

    /// <summary>The frame needs nothing: what comes later does not join what was before.</summary>
    public void Rest()
    {
        Applied = SightRemedies.None;
        _raining = false;
        _rain.Reset();
        _denoiser.Reset();
        _dehazing.Reset();
    }

    public void Save(BinaryWriter state)
    {
        state.Mark("restoration-2");
        state.Write(_raining);
        _rain.Save(state);
        _denoiser.Save(state);
        _dehazing.Save(state);
    }

    public void Load(BinaryReader state)
    {
        state.Expect("restoration-2");
        _raining = state.ReadBoolean();
        _rain.Load(state);
        _denoiser.Load(state);
        _dehazing.Load(state);
    }

    private bool Rains(SightReport sight) => sight.Figures.Sparkle >= (_raining ? LeastSparkle / 2 : LeastSparkle);

    private static void Replace(Span<byte> plane, byte[] by)
    {
        foreach (ref byte value in plane)
        {
            value = by[value];
        }
    }

    /// <summary>The gain that lifts the mean level to <see cref="BrightenTo"/>: as a longer exposure would, so that ratios of light and shadow stay.</summary>
    private void Brighten(Frame frame, double luminance)
    {
        // In steps, so that the table is not made anew for each frame.
        double gain = Math.Round(Math.Clamp(BrightenTo / Math.Max(4, luminance), 1, MostGain) * 20) / 20;
        if (gain != _gain)
        {
            _gain = gain;
            for (int level = 0; level < 256; level++)
            {
                _levels[level] = (byte)Math.Min(255, Math.Round(level * gain));
                _colours[level] = (byte)Math.Clamp(Math.Round(128 + ((level - 128) * gain)), 0, 255);
            }
        }

        if (gain > 1)
        {
            Replace(frame.Luma, _levels);
            Replace(frame.Cb, _colours);
            Replace(frame.Cr, _colours);
        }
    }
}

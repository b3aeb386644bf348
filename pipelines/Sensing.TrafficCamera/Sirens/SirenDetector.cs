using Sensing.Steps;
using Sensing.Streams;
using Sensing.Vision.Frames;

namespace Sensing.TrafficCamera.Sirens;

/// <summary>Finds sirens (wail, yelp, hi-lo) in the sound of a street: a tone between 450 and 1,900 Hz that moves or takes turns with a second one.</summary>
/// <remarks>
/// Spectra along the best chirp rate give tones, tones are tracked over three seconds, and a logistic model weighs how long and how far they move against
/// horns, beepers, music, birds and engines. The result does not depend on the loudness, nor on how the sound is cut into blocks. Memory is fixed.
/// </remarks>
public sealed class SirenDetector(SirenOptions options) : IResumable
{
    /// <summary>Windows from reading to reading: 0.256 s.</summary>
    private const int WindowsPerReading = 16;

    private readonly ChirpSpectrum _spectrum = new();
    private readonly TonePeaks _peaks = new();
    private readonly SteadyLines _lines = new();
    private readonly HarmonicComb _comb = new();
    private readonly ToneTracker _tones = new();
    private readonly SirenFeatures _features = new();
    private readonly float[] _samples = new float[ChirpSpectrum.Length];
    private readonly float[] _decibels = new float[ChirpSpectrum.Bins];
    private readonly float[] _rates = new float[ChirpSpectrum.Bins];
    private readonly TonePoint[] _points = new TonePoint[TonePeaks.Most];
    private readonly float[] _values = new float[SirenFeatures.Count];
    private SoundResampler _resampler = new(ChirpSpectrum.SampleRate);
    private Action<SirenReading>? _emit;
    private Action<float>? _take;
    private DateTimeOffset _start;
    private long _taken;
    private int _filled;
    private int _windows;
    private bool _isOn;

    /// <summary>Time between two readings.</summary>
    public static TimeSpan ReadingInterval { get; } = TimeSpan.FromSeconds(WindowsPerReading * ChirpSpectrum.SecondsPerHop);

    /// <summary>Features of the last reading, in the order of <see cref="SirenFeatures.Names"/>.</summary>
    internal ReadOnlySpan<float> Features => _values;

    /// <summary>Takes a block of sound that follows the one before; yields readings.</summary>
    /// <param name="sound">One channel of any rate from 4 to 192 kHz; another rate than before starts anew.</param>
    /// <param name="time">When the block begins; used after a break alone, later times follow from the samples.</param>
    /// <param name="emit">Takes each reading, within the call.</param>
    public void Next(Sound sound, DateTimeOffset time, Action<SirenReading> emit)
    {
        if (sound.Rate != _resampler.Rate)
        {
            Break();
            _resampler = new SoundResampler(sound.Rate);
        }

        if (_taken == 0)
        {
            _start = time;
        }

        _emit = emit;
        _resampler.Next(sound.Samples.Span, _take ??= Take);
        _emit = null;
    }

    /// <summary>Forgets the sound before a gap.</summary>
    public void Break()
    {
        _tones.Clear();
        _lines.Clear();
        _resampler = new SoundResampler(_resampler.Rate);
        (_taken, _filled, _windows, _isOn) = (0, 0, 0, false);
    }

    public void Save(BinaryWriter state)
    {
        state.Mark("siren-1");
        state.Write(_resampler.Rate);
        _resampler.Save(state);
        _lines.Save(state);
        _tones.Save(state);
        state.WriteArray<float>(_samples);
        state.WriteTime(_start);
        state.Write(_taken);
        state.Write(_filled);
        state.Write(_windows);
        state.Write(_isOn);
    }

    public void Load(BinaryReader state)
    {
        state.Expect("siren-1");
        int rate = state.ReadInt32();
        if (rate is < SoundResampler.LowestRate or > SoundResampler.HighestRate)
        {
            throw new InvalidDataException($"The saved state claims sound of {rate} samples a second.");
        }

        _resampler = new SoundResampler(rate);
        _resampler.Load(state);
        _lines.Load(state);
        _tones.Load(state);
        state.ReadArray<float>(_samples);
        _start = state.ReadTime();
        _taken = state.ReadInt64();
        _filled = state.ReadInt32();
        _windows = state.ReadInt32();
        _isOn = state.ReadBoolean();
        if (_filled is < 0 or >= ChirpSpectrum.Length || _windows is < 0 or >= WindowsPerReading)
        {
            throw new InvalidDataException("The saved sound is out of bounds.");
        }
    }

    private void Take(float sample)
    {
        _samples[_filled++] = sample;
        _taken++;
        if (_filled < ChirpSpectrum.Length)
        {
            return;
        }

        _spectrum.Compute(_samples, _decibels, _rates);
        int count = _peaks.Find(_decibels, _rates, _points);
        _lines.Update(_decibels, _peaks.Floors);
        count = TonePeaks.FindMore(_lines.Excess, _rates, _points, count);
        _tones.Add(_points.AsSpan(0, count), _comb.Strength(_lines.Excess));
        _samples.AsSpan(ChirpSpectrum.Hop).CopyTo(_samples);
        _filled -= ChirpSpectrum.Hop;
        if (++_windows == WindowsPerReading)
        {
            _windows = 0;
            Read();
        }
    }

    private void Read()
    {
        _features.Compute(_tones, _values);
        double logOdds = SirenModel.LogOdds(_values);
        double probability = 1 / (1 + Math.Exp(-logOdds));
        _isOn = probability >= (_isOn ? options.OffProbability : options.OnProbability);
        DateTimeOffset time = _start + TimeSpan.FromSeconds((double)_taken / ChirpSpectrum.SampleRate);
        _emit!(new SirenReading(time, probability, logOdds, _isOn));
    }
}

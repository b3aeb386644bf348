using Sensing.Steps;
using Sensing.Streams;

namespace Sensing.TrafficCamera.Sirens;

/// <summary>Sound of any rate to 16 kHz, block by block, with a windowed sinc (Hann, 16 zero crossings a side).</summary>
/// <remarks>The output does not depend on how the input is cut into blocks. A sound that is below 16 kHz has no tones above half its rate.</remarks>
internal sealed class SoundResampler : IResumable
{
    public const int LowestRate = 4_000;
    public const int HighestRate = 192_000;

    private const int Crossings = 16;
    private const int Phases = 256;

    private readonly float[] _history;
    private readonly float[] _kernel;
    private readonly int _reach;
    private readonly int _rate;
    private int _filled;

    // Position of the next output sample within the history, in units of 1/SampleRate of an input sample: exact.
    private long _position;

    /// <param name="rate">Samples a second of the input.</param>
    public SoundResampler(int rate)
    {
        if (rate is < LowestRate or > HighestRate)
        {
            throw new ArgumentOutOfRangeException(
                nameof(rate), rate, $"Sound must have {LowestRate} to {HighestRate} samples a second: set another rate at the source.");
        }

        _rate = rate;
        double cutoff = Math.Min(1, (double)ChirpSpectrum.SampleRate / rate);
        _reach = (int)Math.Ceiling(Crossings / cutoff);
        _history = new float[(2 * _reach) + 4096];
        _filled = _reach;
        _position = (long)_reach * ChirpSpectrum.SampleRate;
        _kernel = new float[(2 * _reach * Phases) + 1];
        for (int i = 0; i < _kernel.Length; i++)
        {
            double x = ((double)i / Phases) - _reach;
            double sinc = x == 0 ? 1 : Math.Sin(Math.PI * cutoff * x) / (Math.PI * cutoff * x);
            _kernel[i] = (float)(cutoff * sinc * (0.5 + (0.5 * Math.Cos(Math.PI * x / _reach))));
        }
    }

    public int Rate => _rate;

    /// <summary>Takes samples; passes on those at 16 kHz that are certain.</summary>
    public void Next(ReadOnlySpan<short> samples, Action<float> emit)
    {
        if (_rate == ChirpSpectrum.SampleRate)
        {
            foreach (short sample in samples)
            {
                emit(sample);
            }

            return;
        }

        while (samples.Length > 0)
        {
            int take = Math.Min(samples.Length, _history.Length - _filled);
            for (int i = 0; i < take; i++)
            {
                _history[_filled + i] = samples[i];
            }

            _filled += take;
            samples = samples[take..];
            while (_position / ChirpSpectrum.SampleRate + _reach < _filled)
            {
                emit(At(_position));
                _position += _rate;
            }

            int unneeded = Math.Max((int)(_position / ChirpSpectrum.SampleRate) - _reach, 0);
            unneeded = Math.Min(unneeded, _filled);
            _history.AsSpan(unneeded, _filled - unneeded).CopyTo(_history);
            _filled -= unneeded;
            _position -= (long)unneeded * ChirpSpectrum.SampleRate;
        }
    }

    public void Save(BinaryWriter state)
    {
        state.Mark("resampler-1");
        state.Write(_filled);
        state.Write(_position);
        state.WriteArray<float>(_history);
    }

    public void Load(BinaryReader state)
    {
        state.Expect("resampler-1");
        _filled = state.ReadInt32();
        _position = state.ReadInt64();
        state.ReadArray<float>(_history);
        if (_filled < 0 || _filled > _history.Length || _position < 0)
        {
            throw new InvalidDataException("The saved sound is out of bounds.");
        }
    }

    private float At(long position)
    {
        int whole = (int)(position / ChirpSpectrum.SampleRate);
        double part = position % ChirpSpectrum.SampleRate / (double)ChirpSpectrum.SampleRate;
        double at = (1 - part) * Phases;
        float sum = 0;
        for (int k = whole - _reach + 1; k <= whole + _reach && k < _filled; k++)
        {
            int index = (int)at;
            float between = (float)(at - index);
            float weight = _kernel[index] + (between * (_kernel[Math.Min(index + 1, _kernel.Length - 1)] - _kernel[index]));
            sum += _history[k] * weight;
            at += Phases;
        }

        return sum;
    }
}

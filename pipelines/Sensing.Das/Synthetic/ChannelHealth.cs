namespace Sensing.Das.Synthetic;

/// <summary>How well each channel hears: coupling to the ground, dead channels, fading.</summary>
/// <remarks>
/// Coupling is log-normal with 2.5 dB from channel to channel. A fading channel (the backscatter of its gauge interferes
/// destructively: Gabai and Eyal, Opt. Lett. 41, 5648, 2016) loses its signal and gains noise for seconds at a time.
/// </remarks>
internal sealed class ChannelHealth
{
    private const double CouplingDeviationDb = 2.5;
    private const double FadingShare = 0.04;
    private const double NoisyFactor = 20;

    /// <summary>A fading channel is in one state for a stretch of this length and turns to the next over its first tenth.</summary>
    private const double EpisodeSeconds = 20;
    private const double FadedShare = 0.3;
    private const float FadedGain = 0.15f;
    private const float FadedNoise = 6;

    private readonly float[] _coupling;
    private readonly float[] _noise;
    private readonly List<int> _fading = [];
    private readonly ulong _fadeKey;

    public ChannelHealth(int channels, double deadShare, long seed)
    {
        var random = new SeededRandom(seed, 0xC0);
        _fadeKey = random.NextWord();
        _coupling = new float[channels];
        _noise = new float[channels];
        double[] order = new double[channels];
        int[] number = new int[channels];
        for (int c = 0; c < channels; c++)
        {
            _coupling[c] = (float)Math.Pow(10, random.TruncatedNormal(0, CouplingDeviationDb) / 20);
            _noise[c] = 1;
            order[c] = random.NextDouble();
            number[c] = c;
        }

        // Exactly the asked share, at places that chance chooses.
        Array.Sort(order, number);
        int dead = (int)Math.Round(deadShare * channels);
        var kinds = new SortedDictionary<int, DeadChannelKind>();
        for (int i = 0; i < dead; i++)
        {
            var kind = (DeadChannelKind)(i % 3);
            kinds.Add(number[i], kind);
            _coupling[number[i]] = 0;
            _noise[number[i]] = kind switch { DeadChannelKind.Flat => 0, DeadChannelKind.Noisy => (float)NoisyFactor, _ => 1 };
        }

        Dead = kinds;
        int fading = (int)Math.Round(FadingShare * channels);
        _fading.AddRange(number.Skip(dead).Take(fading).Order());
    }

    /// <summary>Dead channels and what is wrong with them.</summary>
    public IReadOnlyDictionary<int, DeadChannelKind> Dead { get; }

    /// <summary>Channels that fade now and then.</summary>
    public IReadOnlyList<int> Fading => _fading;

    /// <summary>Gain of the signal and of the noise at an instant.</summary>
    public void At(double seconds, Span<float> signal, Span<float> noise)
    {
        _coupling.CopyTo(signal);
        _noise.CopyTo(noise);
        foreach (int channel in _fading)
        {
            float faded = Faded(channel, seconds);
            signal[channel] *= 1 + (faded * (FadedGain - 1));
            noise[channel] *= 1 + (faded * (FadedNoise - 1));
        }
    }

    /// <summary>0 to 1.</summary>
    private float Faded(int channel, double seconds)
    {
        ulong key = SeededRandom.Mix(_fadeKey + (ulong)channel);
        double episode = (seconds / EpisodeSeconds) + SeededRandom.Unit(key);
        long number = (long)Math.Floor(episode);
        double turned = Math.Clamp((episode - number) * 10, 0, 1);
        return (float)(State(key, number - 1) + (turned * (State(key, number) - State(key, number - 1))));
    }

    private static double State(ulong key, long episode) =>
        SeededRandom.Unit(SeededRandom.Mix(key ^ SeededRandom.Mix((ulong)episode + 1))) < FadedShare ? 1 : 0;
}

using Sensing.TrafficCamera.Sirens;

namespace Sensing.TrafficCamera.Tests.Sirens;

public sealed class SoundResamplerTests
{
    [Theory]
    [InlineData(8_000)]
    [InlineData(11_025)]
    [InlineData(44_100)]
    [InlineData(48_000)]
    [InlineData(96_000)]
    public void A_tone_keeps_its_frequency_and_amplitude(int rate)
    {
        const double Hertz = 1_000;
        short[] tone = [.. Enumerable.Range(0, rate).Select(i => (short)(10_000 * Math.Sin(2 * Math.PI * Hertz * i / rate)))];
        List<float> resampled = [];
        new SoundResampler(rate).Next(tone, resampled.Add);
        Assert.InRange(resampled.Count, 15_900, 16_000);
        for (int i = 200; i < resampled.Count - 200; i++)
        {
            Assert.Equal(10_000 * Math.Sin(2 * Math.PI * Hertz * i / 16_000), resampled[i], 60.0);
        }
    }

    [Fact]
    public void A_tone_above_the_new_band_is_taken_out()
    {
        short[] tone = [.. Enumerable.Range(0, 48_000).Select(i => (short)(10_000 * Math.Sin(2 * Math.PI * 12_000 * i / 48_000)))];
        List<float> resampled = [];
        new SoundResampler(48_000).Next(tone, resampled.Add);
        Assert.All(resampled.Skip(200), sample => Assert.InRange(Math.Abs(sample), 0, 100));
    }
}

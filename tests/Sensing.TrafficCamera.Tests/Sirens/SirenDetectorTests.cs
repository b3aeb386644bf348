using Sensing.Testing;
using Sensing.TrafficCamera.Sirens;
using Sensing.Vision.Frames;

namespace Sensing.TrafficCamera.Tests.Sirens;

public sealed class SirenDetectorTests
{
    [Theory]
    [InlineData(SoundKind.Wail, 18)]
    [InlineData(SoundKind.Yelp, 18)]
    [InlineData(SoundKind.HiLo, 14)]
    public void A_siren_over_traffic_is_reported(SoundKind kind, int least) =>
        Assert.InRange(Enumerable.Range(5000, 20).Count(seed => IsReported(kind, seed, 10)), least, 20);

    [Theory]
    [InlineData(SoundKind.CarHorn)]
    [InlineData(SoundKind.AirHorn)]
    [InlineData(SoundKind.ReversingBeeper)]
    [InlineData(SoundKind.Music)]
    [InlineData(SoundKind.Birds)]
    [InlineData(SoundKind.Brakes)]
    [InlineData(SoundKind.Voice)]
    [InlineData(SoundKind.Engine)]
    [InlineData(SoundKind.TramBell)]
    public void What_is_taken_for_a_siren_is_rarely_reported(SoundKind kind) =>
        Assert.InRange(Enumerable.Range(6000, 20).Count(seed => IsReported(kind, seed, 10)), 0, 4);

    [Fact]
    public void Traffic_alone_is_never_reported() =>
        Assert.DoesNotContain(Enumerable.Range(7000, 20), seed => IsReported(SoundKind.Traffic, seed, 10));

    [Fact]
    public void The_probability_does_not_depend_on_the_loudness()
    {
        List<SirenReading> loud = Readings(Sound(SoundKind.Wail, 1, 10, 0.2)), quiet = Readings(Sound(SoundKind.Wail, 1, 10, 0.02));
        Assert.Equal(loud.Count, quiet.Count);
        Assert.All(loud.Zip(quiet), pair => Assert.Equal(pair.First.Probability, pair.Second.Probability, 0.1));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(37)]
    [InlineData(1024)]
    [InlineData(7919)]
    public void The_readings_do_not_depend_on_how_the_sound_is_cut(int block)
    {
        short[] sound = Sound(SoundKind.Yelp, 2, 6, 0.1);
        Assert.Equal(Readings(sound), Readings(sound, block));
    }

    [Theory]
    [InlineData(8_000)]
    [InlineData(44_100)]
    public void The_readings_do_not_depend_on_how_sound_of_another_rate_is_cut(int rate)
    {
        short[] sound = Sound(SoundKind.Yelp, 2, 6, 0.1);
        Assert.Equal(Readings(sound, sound.Length, rate), Readings(sound, 333, rate));
    }

    [Fact]
    public void A_detector_resumes_from_its_saved_state()
    {
        short[] sound = Sound(SoundKind.Wail, 3, 8, 0.1);
        List<SirenReading> whole = Readings(sound), resumed = [];
        SirenDetector first = new(new SirenOptions()), second = new(new SirenOptions());
        first.Next(new Sound(sound.AsMemory(0, 30_001), SyntheticSound.Rate), DateTimeOffset.UnixEpoch, resumed.Add);
        using MemoryStream state = new();
        using BinaryWriter writer = new(state);
        first.Save(writer);
        state.Position = 0;
        using BinaryReader reader = new(state);
        second.Load(reader);
        second.Next(new Sound(sound.AsMemory(30_001), SyntheticSound.Rate), DateTimeOffset.UnixEpoch, resumed.Add);
        Assert.Equal(whole, resumed);
    }

    [Fact]
    public void Digital_silence_is_no_siren() => Assert.All(Readings(new short[64_000]), reading => Assert.InRange(reading.Probability, 0, 0.1));

    [Fact]
    public void Sound_of_an_impossible_rate_is_refused() => Assert.Throws<ArgumentOutOfRangeException>(
        () => new SirenDetector(new SirenOptions()).Next(new Sound(new short[10], 100), default, _ => { }));

    [Fact]
    public void Readings_of_sounds_that_the_model_has_not_seen_are_calibrated()
    {
        List<(double Probability, bool IsSiren)> all = [];
        foreach (SoundKind kind in Enum.GetValues<SoundKind>())
        {
            for (int seed = 8000; seed < 8020; seed++)
            {
                // Three kinds of sirens against ten others: as often as the others together.
                (double probability, bool siren) = (Readings(Sound(kind, seed, 10, 0.1))[^1].Probability, SyntheticSound.IsSiren(kind));
                all.AddRange(Enumerable.Repeat((probability, siren), siren ? 10 : 3));
            }
        }

        double sure = Share(all.Where(r => r.Probability > 0.9)), unlikely = Share(all.Where(r => r.Probability < 0.1));
        Assert.InRange(sure, 0.85, 1);
        Assert.InRange(unlikely, 0, 0.15);

        static double Share(IEnumerable<(double Probability, bool IsSiren)> readings) => readings.Average(r => r.IsSiren ? 1.0 : 0);
    }

    [Fact]
    public void Sirens_of_the_recorded_clips_are_found()
    {
        Assert.SkipUnless(SharedFolder.Find("data", "camera", "siren", "traffic_401.wav") is not null, "../shared/data/camera/siren is absent");
        string folder = Path.GetDirectoryName(SharedFolder.Find("data", "camera", "siren", "traffic_401.wav"))!;
        int hits = 0, missed = 0, wrong = 0;
        foreach (string file in Directory.GetFiles(folder, "*.wav"))
        {
            bool siren = Path.GetFileName(file).StartsWith("siren", StringComparison.Ordinal), found = false;
            new SirenDetector(new SirenOptions()).Next(WaveFile.Read(file), DateTimeOffset.UnixEpoch, reading => found |= reading.IsOn);
            hits += siren && found ? 1 : 0;
            missed += siren && !found ? 1 : 0;
            wrong += !siren && found ? 1 : 0;
        }

        Assert.InRange(2.0 * hits / ((2 * hits) + missed + wrong), 0.95, 1);
        Assert.Equal(0, wrong);
    }

    private static bool IsReported(SoundKind kind, int seed, double signalToNoiseDb) =>
        Readings(Sound(kind, seed, signalToNoiseDb, 0.1)).Any(reading => reading.IsOn);

    private static short[] Sound(SoundKind kind, int seed, double signalToNoiseDb, double level) => SyntheticSound.Mix(
        SyntheticSound.Make(kind, 4, seed), SyntheticSound.Make(SoundKind.Traffic, 4, seed + 100_000), signalToNoiseDb, level);

    private static List<SirenReading> Readings(short[] sound, int block = int.MaxValue, int rate = SyntheticSound.Rate)
    {
        SirenDetector detector = new(new SirenOptions());
        List<SirenReading> readings = [];
        for (int at = 0; at < sound.Length; at += Math.Min(block, sound.Length - at))
        {
            detector.Next(new Sound(sound.AsMemory(at, Math.Min(block, sound.Length - at)), rate), DateTimeOffset.UnixEpoch, readings.Add);
        }

        return readings;
    }
}

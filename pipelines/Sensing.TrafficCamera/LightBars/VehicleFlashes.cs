using Sensing.Steps;
using Sensing.Streams;

namespace Sensing.TrafficCamera.LightBars;

/// <summary>The last seconds of one vehicle's roof.</summary>
internal sealed class VehicleFlashes(int longest) : IResumable
{
    private readonly byte[] _values = new byte[longest * RoofSample.Size];
    private readonly float[] _seconds = new float[longest];
    private DateTimeOffset _origin;

    public long Vehicle { get; private set; }

    public DateTimeOffset LastSeen { get; private set; }

    public DateTimeOffset LastRead { get; set; }

    public LightBarReading Reading { get; set; }

    public int Count { get; private set; }

    public ReadOnlySpan<float> Seconds => _seconds.AsSpan(0, Count);

    public void Start(long vehicle, DateTimeOffset time)
    {
        (Vehicle, Count, _origin, LastSeen, LastRead) = (vehicle, 0, time, time, time);
        Reading = new LightBarReading(vehicle, time, 0, 0.5, 0, FlashColour.White, false);
    }

    public void Add(DateTimeOffset time, ReadOnlySpan<byte> values, double windowSeconds)
    {
        float now = (float)(time - _origin).TotalSeconds;
        int old = 0;
        while (old < Count && now - _seconds[old] > windowSeconds)
        {
            old++;
        }

        old = Math.Max(old, Count == longest ? 1 : 0);
        if (old > 0)
        {
            // Times stay relative to the window's first frame, so that a float is fine enough after days.
            float shift = old < Count ? _seconds[old] : now;
            _origin += TimeSpan.FromSeconds(shift);
            _values.AsSpan(old * RoofSample.Size, (Count - old) * RoofSample.Size).CopyTo(_values);
            for (int i = old; i < Count; i++)
            {
                _seconds[i - old] = _seconds[i] - shift;
            }

            Count -= old;
            now = (float)(time - _origin).TotalSeconds;
        }

        values[..RoofSample.Size].CopyTo(_values.AsSpan(Count * RoofSample.Size));
        _seconds[Count++] = now;
        LastSeen = time;
    }

    /// <summary>One cell and channel over time.</summary>
    public void Series(int cell, int channel, Span<byte> series)
    {
        for (int i = 0; i < Count; i++)
        {
            series[i] = _values[(i * RoofSample.Size) + (cell * RoofSample.Channels) + channel];
        }
    }

    /// <summary>The value of a frame in one cell and channel.</summary>
    public byte Value(int frame, int cell, int channel) => _values[(frame * RoofSample.Size) + (cell * RoofSample.Channels) + channel];

    public void Save(BinaryWriter state)
    {
        state.Mark("roof-2");
        state.Write(Vehicle);
        state.WriteTime(_origin);
        state.WriteTime(LastSeen);
        state.WriteTime(LastRead);
        state.Write(Count);
        state.WriteArray<byte>(_values);
        state.WriteArray<float>(_seconds);
        state.WriteTime(Reading.Time);
        state.Write(Reading.LogLikelihoodRatio);
        state.Write(Reading.Probability);
        state.Write(Reading.FrequencyHz);
        state.Write((byte)Reading.Colour);
        state.Write(Reading.IsOn);
    }

    public void Load(BinaryReader state)
    {
        state.Expect("roof-2");
        Vehicle = state.ReadInt64();
        _origin = state.ReadTime();
        LastSeen = state.ReadTime();
        LastRead = state.ReadTime();
        Count = state.ReadInt32();
        state.ReadArray<byte>(_values);
        state.ReadArray<float>(_seconds);
        Reading = new LightBarReading(
            Vehicle, state.ReadTime(), state.ReadDouble(), state.ReadDouble(), state.ReadDouble(), (FlashColour)state.ReadByte(), state.ReadBoolean());
        if (Count < 0 || Count > longest)
        {
            throw new InvalidDataException("The saved roof region is out of bounds.");
        }
    }
}

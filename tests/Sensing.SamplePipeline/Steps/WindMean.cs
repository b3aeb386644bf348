namespace Sensing.SamplePipeline.Steps;

/// <summary>Exponentially weighted mean of the wind: its memory is one number, however long the period.</summary>
/// <param name="periodSeconds">Time constant, s.</param>
internal sealed class WindMean(double periodSeconds)
{
    private DateTimeOffset _last;

    /// <summary>The mean, m/s; NaN before the first reading.</summary>
    public double Value { get; private set; } = double.NaN;

    public void Add(WeatherReading reading)
    {
        double share = double.IsNaN(Value) ? 1 : 1 - Math.Exp(-(reading.Time - _last).TotalSeconds / periodSeconds);
        Value = share == 1 ? reading.WindMs : Value + (share * (reading.WindMs - Value));
        _last = reading.Time;
    }

    public void Save(BinaryWriter state)
    {
        state.Write(Value);
        state.Write(_last.UtcTicks);
    }

    public void Load(BinaryReader state)
    {
        Value = state.ReadDouble();
        _last = new DateTimeOffset(state.ReadInt64(), TimeSpan.Zero);
    }
}

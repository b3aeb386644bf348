using Sensing.Das.Events;
using Sensing.Events;
using Sensing.Steps;
using Sensing.Streams;

namespace Sensing.Das.Report;

/// <summary>What each hour of the day usually brings, by direction.</summary>
/// <remarks>Mean and variance by Welford's recursion (Technometrics 4, 1962), forgetting days older than about four weeks: the
/// weight of a new day never falls below 1/28.</remarks>
internal sealed class DayProfiles(DasOptions options, StreamAddress address) : IResumable
{
    private const int DaysKept = 28;

    private readonly int[] _days = new int[48];
    private readonly double[] _mean = new double[48];
    private readonly double[] _variance = new double[48];

    /// <summary>The event of a full hour that ends at <paramref name="end"/>; the hour then counts among the usual ones.</summary>
    public SensorEvent Add(DateTimeOffset end, TravelDirection direction, int count)
    {
        int hour = end.UtcDateTime.AddHours(-1).Hour, i = ((int)direction * 24) + hour;
        double deviation = Math.Sqrt(Math.Max(_variance[i], Math.Max(_mean[i], 1)));
        SensorEvent report = DasEvents.Profile.Create(address, end, $"{direction}", new DayProfile
        {
            Hour = hour,
            Direction = direction,
            Count = count,
            UsualCount = _days[i] > 0 ? Math.Round(_mean[i], 2) : null,
            Deviation = _days[i] > 1 ? Math.Round((count - _mean[i]) / deviation, 2) : null,
            Days = _days[i],
        });
        _days[i] = Math.Min(_days[i] + 1, DaysKept);
        double share = 1.0 / _days[i], off = count - _mean[i];
        _mean[i] += share * off;
        _variance[i] = (1 - share) * (_variance[i] + (share * off * off));
        return report;
    }

    public void Save(BinaryWriter state)
    {
        state.Mark("profiles-1");
        state.Write((int)options.Directions);
        state.WriteArray<int>(_days);
        state.WriteArray<double>(_mean);
        state.WriteArray<double>(_variance);
    }

    public void Load(BinaryReader state)
    {
        state.Expect("profiles-1");
        if (state.ReadInt32() != (int)options.Directions)
        {
            throw new InvalidDataException("The saved state is of other directions.");
        }

        state.ReadArray<int>(_days);
        state.ReadArray<double>(_mean);
        state.ReadArray<double>(_variance);
    }
}

using Sensing.Events;
using Sensing.Modules.SiteEvents;
using Sensing.Steps;
using Sensing.TrafficCamera.Events;

namespace Sensing.TrafficCamera.Signals;

/// <summary>From the events of a site's cameras to readings of a junction's approaches.</summary>
/// <remarks>Each reading carries the emergency vehicles that its approach has reported and not ended. A tick becomes a reading of no
/// approach: time passes, and the controller notices which cameras are silent.</remarks>
internal sealed class SiteReadings : IStep<SiteEvent, ApproachReading>
{
    /// <summary>Types that a junction reads.</summary>
    public static readonly IReadOnlyList<EventTypeName> Types = [TrafficEvents.Approach.Name, TrafficEvents.Emergency.Name];

    /// <summary>One that is not reported again for so long has gone without a word: its camera has failed.</summary>
    private static readonly TimeSpan LongestSilence = TimeSpan.FromSeconds(10);

    private const int MostCalls = 1000;

    private readonly SortedDictionary<CallKey, (DateTimeOffset Reported, EmergencyCall Call)> _calls = [];

    public void Next(SiteEvent item, Action<ApproachReading> emit)
    {
        if (item.Event is null)
        {
            emit(new ApproachReading { Approach = "", Time = item.Time });
        }
        else if (item.Event.Type == TrafficEvents.Approach.Name)
        {
            emit(Reading(TrafficEvents.Approach.Read(item.Event), item.Time));
        }
        else if (item.Event.Type == TrafficEvents.Emergency.Name)
        {
            Take(TrafficEvents.Emergency.Read(item.Event), item.Time);
        }
    }

    public void Break(Action<ApproachReading> emit) => _calls.Clear();

    public void Save(BinaryWriter state)
    {
        state.Mark("site-readings-1");
        state.Write(_calls.Count);
        foreach ((CallKey key, (DateTimeOffset reported, EmergencyCall call)) in _calls)
        {
            state.Write(key.Approach);
            state.Write(key.Vehicle);
            state.WriteTime(reported);
            state.Write(call.Lane ?? -1);
            state.WriteTime(call.ExpectedArrival ?? default);
            state.Write(call.Confidence);
        }
    }

    public void Load(BinaryReader state)
    {
        state.Expect("site-readings-1");
        _calls.Clear();
        int count = state.ReadInt32();
        if (count is < 0 or > MostCalls)
        {
            throw new InvalidDataException($"The saved state claims {count} emergency vehicles.");
        }

        for (int i = 0; i < count; i++)
        {
            var key = new CallKey(state.ReadString(), state.ReadInt64());
            DateTimeOffset reported = state.ReadTime();
            (int lane, DateTimeOffset arrival, double confidence) = (state.ReadInt32(), state.ReadTime(), state.ReadDouble());
            _calls[key] = (reported, new EmergencyCall
            {
                Lane = lane < 0 ? null : lane,
                ExpectedArrival = arrival == default ? null : arrival,
                Confidence = confidence,
            });
        }
    }

    private void Take(EmergencyVehicle vehicle, DateTimeOffset time)
    {
        // One that is only heard has no number.
        var key = new CallKey(vehicle.Approach ?? "", vehicle.Vehicle ?? -1);
        if (vehicle.Ended)
        {
            _calls.Remove(key);
        }
        else if (_calls.Count < MostCalls || _calls.ContainsKey(key))
        {
            _calls[key] = (time, new EmergencyCall
            {
                Lane = vehicle.Lane,
                ExpectedArrival = vehicle.ExpectedArrival,
                Confidence = vehicle.Confidence,
            });
        }
    }

    private ApproachReading Reading(ApproachState state, DateTimeOffset time) => new()
    {
        Approach = state.Approach,
        Time = time,
        Quality = state.Quality,
        Lanes =
        [
            .. state.Lanes.Select(lane => new LaneReading
            {
                Lane = lane.Lane,
                Count = lane.Vehicles,
                Queue = lane.QueueVehicles,
                QueueM = lane.QueueM,
                Index = lane.Index,
                DensityPerKm = lane.DensityPerKmLane,
                MeanSpeedKmh = lane.MeanSpeedKmh,
                Passed = lane.Passed,
                Clearing = lane.ClearingVehicles,
            }),
        ],
        Emergencies =
        [
            .. _calls.Where(call => call.Key.Approach == state.Approach && time - call.Value.Reported <= LongestSilence)
                .Select(call => call.Value.Call),
        ],
    };

    private readonly record struct CallKey(string Approach, long Vehicle) : IComparable<CallKey>
    {
        public int CompareTo(CallKey other) =>
            string.CompareOrdinal(Approach, other.Approach) is not 0 and int order ? order : Vehicle.CompareTo(other.Vehicle);
    }
}

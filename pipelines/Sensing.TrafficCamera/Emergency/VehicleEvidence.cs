using Sensing.Steps;
using Sensing.Streams;

namespace Sensing.TrafficCamera.Emergency;

/// <summary>What is known of one vehicle.</summary>
internal sealed class VehicleEvidence(double memorySeconds) : IResumable
{
    private HeldEvidence _lightBar = new(memorySeconds);
    private HeldEvidence _detector = new(memorySeconds);

    public ApproachingVehicle Last { get; set; }

    public DateTimeOffset LastSeen { get; set; }

    public DateTimeOffset? FirstReported { get; set; }

    public DateTimeOffset LastReported { get; set; }

    public void ObserveLightBar(DateTimeOffset time, double logLikelihoodRatio) => _lightBar.Observe(time, logLikelihoodRatio);

    public void ObserveDetector(DateTimeOffset time, double logLikelihoodRatio) => _detector.Observe(time, logLikelihoodRatio);

    public double LightBar(DateTimeOffset time) => _lightBar.At(time);

    public double Detector(DateTimeOffset time) => _detector.At(time);

    public void Save(BinaryWriter state)
    {
        state.Mark("vehicle-evidence-1");
        state.Write(Last.Vehicle);
        state.Write(Last.Lane);
        state.Write(Last.DistanceM ?? double.NaN);
        state.Write(Last.SpeedMps ?? double.NaN);
        state.WriteTime(LastSeen);
        state.Write(FirstReported is not null);
        state.WriteTime(FirstReported ?? default);
        state.WriteTime(LastReported);
        _lightBar.Save(state);
        _detector.Save(state);
    }

    public void Load(BinaryReader state)
    {
        state.Expect("vehicle-evidence-1");
        (long vehicle, int lane, double distance, double speed) = (state.ReadInt64(), state.ReadInt32(), state.ReadDouble(), state.ReadDouble());
        Last = new ApproachingVehicle(vehicle, lane, double.IsNaN(distance) ? null : distance, double.IsNaN(speed) ? null : speed);
        LastSeen = state.ReadTime();
        bool reported = state.ReadBoolean();
        DateTimeOffset first = state.ReadTime();
        FirstReported = reported ? first : null;
        LastReported = state.ReadTime();
        _lightBar.Load(state);
        _detector.Load(state);
    }
}

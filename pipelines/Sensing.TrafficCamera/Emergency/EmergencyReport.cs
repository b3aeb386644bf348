using Sensing.Events;
using Sensing.Steps;
using Sensing.TrafficCamera.Events;
using Sensing.TrafficCamera.LightBars;
using Sensing.TrafficCamera.Setup;
using Sensing.TrafficCamera.Sirens;
using Sensing.TrafficCamera.Tracks;

namespace Sensing.TrafficCamera.Emergency;

/// <summary>Emergency vehicles of one approach as events: light bars of its vehicles and sirens, fused.</summary>
internal sealed class EmergencyReport(
    ApproachOptions approach, EmergencyOptions options, LightBarOptions lightBars, StreamAddress address) : IStep<TrackedFrame, SensorEvent>
{
    private readonly LightBarDetector _lightBars = new(lightBars);
    private readonly EmergencyFusion _fusion = new(options);
    private readonly List<RoofRegion> _roofs = [];
    private readonly List<ApproachingVehicle> _vehicles = [];

    public void Next(TrackedFrame item, Action<SensorEvent> emit)
    {
        Collect(item);
        foreach (SirenReading reading in item.Seen.Sirens)
        {
            _fusion.Observe(reading);
        }

        _lightBars.Next(item.Seen.Frame, System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_roofs), _fusion.Observe);
        DateTimeOffset time = item.Seen.Frame.Time;
        _fusion.Next(time, System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_vehicles), vehicle => emit(
            TrafficEvents.Emergency.Create(
                address, time, $"{approach.Name}/{vehicle.Vehicle}/{vehicle.Ended}", vehicle with { Approach = approach.Name })));
    }

    /// <summary>Takes a detection model's verdict that a vehicle is an emergency vehicle.</summary>
    public void Observe(long vehicle, DateTimeOffset time, double probability) => _fusion.Observe(vehicle, time, probability);

    public void Break(Action<SensorEvent> emit)
    {
    }

    public void Save(BinaryWriter state)
    {
        state.Mark("emergency-report-1");
        _lightBars.Save(state);
        _fusion.Save(state);
    }

    public void Load(BinaryReader state)
    {
        state.Expect("emergency-report-1");
        _lightBars.Load(state);
        _fusion.Load(state);
    }

    private void Collect(in TrackedFrame frame)
    {
        _roofs.Clear();
        _vehicles.Clear();
        bool toward = approach.Direction != TrafficDirection.Away;
        foreach (Vehicle vehicle in frame.Vehicles)
        {
            if (!vehicle.Confirmed)
            {
                continue;
            }

            if (vehicle.Seen)
            {
                _roofs.Add(RoofRegion.OfBox(
                    vehicle.Id, vehicle.Box.Left, vehicle.Box.Top, vehicle.Box.Right - vehicle.Box.Left, vehicle.Box.Bottom - vehicle.Box.Top));
            }

            double stop = frame.Road.StopLine?.AlongAt(vehicle.Contact.AcrossM) ?? (toward ? 0 : approach.LengthM);
            double front = toward ? vehicle.Contact.AlongM : vehicle.Contact.AlongM + vehicle.Size.LengthM;
            _vehicles.Add(new ApproachingVehicle(
                vehicle.Id, vehicle.Lane, toward ? front - stop : stop - front, toward ? -vehicle.AlongMs : vehicle.AlongMs));
        }
    }
}

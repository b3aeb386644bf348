using Sensing.TrafficCamera.Counts;
using Sensing.TrafficCamera.Events;
using Sensing.TrafficCamera.Tracks;

namespace Sensing.TrafficCamera.Report;

/// <summary>What one frame says of an approach. The lists are used again for the next frame.</summary>
/// <param name="Time">The frame's time.</param>
/// <param name="Vehicles">All vehicles.</param>
/// <param name="Crossings">Vehicles counted at the line by this frame; each has its own time, at most some seconds
/// ago.</param>
/// <param name="Movements">Movements from gate to gate that this frame completed.</param>
/// <param name="Alarms">Alarms that this frame raised.</param>
/// <param name="State">The approach's state where one is due.</param>
/// <param name="Counts">Count windows that have ended, with their ends.</param>
public sealed record ApproachReading(
    DateTimeOffset Time, IReadOnlyList<Vehicle> Vehicles, IReadOnlyList<LineCrossing> Crossings, IReadOnlyList<GateMovement> Movements,
    IReadOnlyList<TrafficAlarm> Alarms, ApproachState? State, IReadOnlyList<(DateTimeOffset End, VehicleCount Count)> Counts);

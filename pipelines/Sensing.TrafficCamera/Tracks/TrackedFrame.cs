using Sensing.TrafficCamera.Setup;

namespace Sensing.TrafficCamera.Tracks;

/// <summary>A frame with the vehicles of one approach. The list belongs to the frame's turn: who keeps it copies
/// it.</summary>
/// <param name="Seen">The frame and what stands out in it.</param>
/// <param name="Road">The approach as this frame shows it.</param>
/// <param name="Vehicles">Its vehicles, those that are hidden for a moment included.</param>
public readonly record struct TrackedFrame(SeenFrame Seen, Carriageway Road, IReadOnlyList<Vehicle> Vehicles);

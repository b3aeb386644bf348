namespace Sensing.TrafficCamera.Synthetic;

/// <summary>A vehicle has crossed the counting line.</summary>
/// <param name="Id">The vehicle's <see cref="TruthVehicle.Id"/>.</param>
/// <param name="Class">Its class.</param>
/// <param name="Lane">1 is the lane at the kerb.</param>
/// <param name="First">When its first part reached the line; null where the scene was resumed in between.</param>
/// <param name="Last">When its last part left the line.</param>
/// <param name="WrongWay">It crossed against the lane's direction.</param>
/// <param name="SpeedKmh">Speed when it left the line.</param>
public sealed record TruthCrossing(
    long Id, SceneVehicleClass Class, int Lane, DateTimeOffset? First, DateTimeOffset Last, bool WrongWay, double SpeedKmh);

namespace Sensing.TrafficCamera.Synthetic;

/// <summary>Class of a synthetic vehicle.</summary>
public enum SceneVehicleClass
{
    TwoWheeler,
    Car,
    Van,
    Truck,
    Bus,
}

namespace Sensing.TrafficCamera.Tracks;

/// <summary>Class of a vehicle, by its size on the road or by a detector.</summary>
public enum VehicleClass
{
    /// <summary>Bicycle, moped or motorcycle.</summary>
    TwoWheeler,

    /// <summary>Passenger car, estate, sport utility vehicle or pickup.</summary>
    Car,

    /// <summary>Van or minibus.</summary>
    Van,

    /// <summary>Truck, with or without trailer.</summary>
    Truck,

    /// <summary>Bus or coach.</summary>
    Bus,
}

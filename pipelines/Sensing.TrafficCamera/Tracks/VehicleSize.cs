namespace Sensing.TrafficCamera.Tracks;

/// <summary>A vehicle as a box.</summary>
/// <param name="WidthM">Across the road.</param>
/// <param name="LengthM">Along the road.</param>
/// <param name="HeightM">Above the road.</param>
public readonly record struct VehicleSize(double WidthM, double LengthM, double HeightM)
{
    /// <summary>Typical size of a class: registrations in Europe and North America (cars 1.8 × 4.5 × 1.5 m); trucks and
    /// buses by their limits in Directive 96/53/EC (2.55 m wide), as far as one sees of them without a
    /// trailer.</summary>
    public static VehicleSize Of(VehicleClass kind) => kind switch
    {
        VehicleClass.TwoWheeler => new(0.8, 2.0, 1.6),
        VehicleClass.Car => new(1.8, 4.5, 1.5),
        VehicleClass.Van => new(2.05, 5.4, 2.3),
        VehicleClass.Truck => new(2.5, 8.5, 3.3),
        _ => new(2.55, 12, 3.1),
    };
}

using Sensing.TrafficCamera.Tracks;
using SkiaSharp;

namespace Sensing.TrafficCamera.Figures;

/// <summary>Colours of vehicle classes in pictures: Okabe and Ito's palette, which colour-blind people tell apart.</summary>
internal static class VehicleColours
{
    public static SKColor Of(VehicleClass vehicle) => vehicle switch
    {
        VehicleClass.TwoWheeler => new SKColor(0xF0, 0xE4, 0x42),
        VehicleClass.Car => new SKColor(0x56, 0xB4, 0xE9),
        VehicleClass.Van => new SKColor(0x00, 0x9E, 0x73),
        VehicleClass.Truck => new SKColor(0xE6, 0x9F, 0x00),
        _ => new SKColor(0xCC, 0x79, 0xA7),
    };
}

using Sensing.TrafficCamera.Setup;

namespace Sensing.TrafficCamera.Tracks;

/// <summary>A tracked vehicle at the time of a frame.</summary>
/// <param name="Id">One for each vehicle, from 1, in order of appearance.</param>
/// <param name="Contact">Middle of its near end on the road.</param>
/// <param name="AcrossMs">Speed across the road, m/s, positive to the right.</param>
/// <param name="AlongMs">Speed along the road, m/s, positive away from the near end.</param>
/// <param name="AlongErrorMs">Standard error of <paramref name="AlongMs"/>, without the set-up's error of
/// scale.</param>
/// <param name="Size">Its size, averaged.</param>
/// <param name="Class">Its class, by all frames so far.</param>
/// <param name="Lane">Its lane, from 1.</param>
/// <param name="Confirmed">Whether it has been seen and has moved enough to be a vehicle beyond doubt.</param>
/// <param name="Seen">Whether this frame shows it; false: it is hidden and predicted.</param>
/// <param name="FirstSeen">When it was seen first.</param>
/// <param name="Box">Where it is in the picture, pixels of the working size; the last one seen while hidden.</param>
public readonly record struct Vehicle(
    long Id, RoadPoint Contact, double AcrossMs, double AlongMs, double AlongErrorMs, VehicleSize Size, VehicleClass Class, int Lane,
    bool Confirmed, bool Seen, DateTimeOffset FirstSeen, PixelBox Box)
{
    /// <summary>Middle of its footprint.</summary>
    public RoadPoint Centre => Contact with { AlongM = Contact.AlongM + (Size.LengthM / 2) };
}

using Sensing.TrafficCamera.Detector;

namespace Sensing.TrafficCamera.Tracks;

/// <content>Classes by a detection model.</content>
public sealed partial class VehicleTracker
{
    /// <summary>A model looks at one frame of several and sees more than an outline: it counts as ten silhouettes.</summary>
    private const double ModelWeight = 10;

    /// <summary>The longest pickups have 6.4 m; to most models they are trucks, as delivery vans are.</summary>
    private const double LightTruckM = 6.5;

    /// <summary>Takes what a vehicle is to a detection model.</summary>
    /// <param name="vehicle">Number of the track; unknown ones are ignored.</param>
    /// <param name="kind">What the model says; an emergency vehicle has no class of its own.</param>
    /// <param name="evidence">How much that counts: score times area of its box, pixels of the working size.</param>
    public void Classify(long vehicle, DetectedKind kind, double evidence)
    {
        int at = _tracks.FindIndex(track => track.Id == vehicle);
        if (at < 0)
        {
            return;
        }

        TrackState found = _tracks[at];
        double votes = ModelWeight * evidence;
        switch (kind)
        {
            case DetectedKind.TwoWheeler:
                found.Votes[(int)VehicleClass.TwoWheeler] += votes;
                break;
            case DetectedKind.Bus:
                found.Votes[(int)VehicleClass.Bus] += votes;
                break;
            case DetectedKind.Van:
                found.Votes[(int)VehicleClass.Van] += votes;
                break;
            case DetectedKind.Truck when found.Size.LengthM >= LightTruckM:
                found.Votes[(int)VehicleClass.Truck] += votes;
                break;
            case DetectedKind.Car or DetectedKind.Truck:
                // Which of the two it is, silhouettes tell.
                found.Votes[(int)VehicleClass.Car] += votes;
                found.Votes[(int)VehicleClass.Van] += votes;
                break;
        }

        _tracks[at] = found;
    }
}

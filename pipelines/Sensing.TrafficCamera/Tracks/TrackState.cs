using System.Runtime.CompilerServices;
using Sensing.TrafficCamera.Setup;

namespace Sensing.TrafficCamera.Tracks;

/// <summary>What a tracker knows of one vehicle. Without references, so that it is saved as it is.</summary>
internal struct TrackState
{
    public long Id;
    public long FirstTicks;
    public long LastTicks;
    public MotionFilter Across;
    public MotionFilter Along;
    public VehicleSize Size;
    public ClassVotes Votes;
    public RoadPoint Start;
    public PixelBox Box;
    public double Weight;
    public int Hits;
    public int Misses;
    public int Overlaps;
    public bool Confirmed;
    public bool Absorbed;

    public readonly RoadPoint Contact => new(Across.Position, Along.Position);

    public readonly VehicleClass Class
    {
        get
        {
            int best = (int)VehicleClass.Car;
            for (int i = 0; i < ClassVotes.Classes; i++)
            {
                best = Votes[i] > Votes[best] ? i : best;
            }

            return (VehicleClass)best;
        }
    }

    /// <summary>Evidence for each class.</summary>
    [InlineArray(Classes)]
    public struct ClassVotes
    {
        public const int Classes = 5;
        private double _first;
    }
}

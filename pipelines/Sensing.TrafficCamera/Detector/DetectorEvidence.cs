using Sensing.Streams;
using Sensing.Steps;
using Sensing.TrafficCamera.Background;
using Sensing.TrafficCamera.Tracks;

namespace Sensing.TrafficCamera.Detector;

/// <summary>What the model's boxes mean for one approach: classes of its vehicles, and vehicles that stand where the background model sees road.</summary>
/// <remarks>
/// The model answers some frames late. A box is matched with the vehicles of the frame that it was found in, so that lateness costs nothing.
/// Where a box has no foreground, and the model has found one at the same place for a second, a vehicle stands that the background model does
/// not see, since it was there from the beginning or for longer than the background's memory; its place does not change while it stands.
/// </remarks>
internal sealed class DetectorEvidence : IResumable
{
    private const int MostVehicles = 500;
    private const int MostStanding = 500;

    /// <summary>A silhouette is up to a fifth larger than the vehicle and has no shadow; a box may have one.</summary>
    private const double SameVehicle = 0.3;
    private const double SamePlace = 0.6;

    /// <summary>A vehicle that the background model sees covers most of its box.</summary>
    private const double MostForeground = 0.3;
    private static readonly long StandsAfter = TimeSpan.FromSeconds(1).Ticks;

    /// <summary>Detectors miss an object now and then.</summary>
    private static readonly long ForgottenAfter = TimeSpan.FromSeconds(3).Ticks;

    private readonly List<(long Vehicle, PixelBox Box)> _asked = [];
    private readonly List<StandingBox> _standing = [];
    private readonly List<DetectedBox> _boxes = [];
    private bool[] _matched = [];
    private long _id;

    /// <summary>Vehicles that stand unseen by the background model, for each frame; valid until the next call.</summary>
    public ReadOnlySpan<DetectedBox> Standing => System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_boxes);

    /// <summary>Takes an answer, before the frame's vehicles are sought.</summary>
    /// <param name="item">The frame that brings it.</param>
    /// <param name="matched">Takes each vehicle that the model has seen, what it is to the model, and the evidence: score times area, pixels.</param>
    public void Answer(in SeenFrame item, Action<long, DetectedObject, double> matched)
    {
        if (item.Answer is not { } answer)
        {
            return;
        }

        float sx = item.Frame.Width / (float)item.Frame.CameraWidth, sy = item.Frame.Height / (float)item.Frame.CameraHeight;
        bool known = answer.Id == _id;
        ForegroundMask mask = item.Mask;
        if (_matched.Length < _asked.Count)
        {
            _matched = new bool[2 * _asked.Count];
        }

        Array.Clear(_matched);
        long now = item.Frame.Time.UtcTicks;
        foreach (DetectedObject found in answer.Objects)
        {
            var box = new PixelBox((float)found.Left * sx, (float)found.Top * sy, (float)found.Right * sx, (float)found.Bottom * sy);
            if (known && Match(box) is >= 0 and var at)
            {
                _matched[at] = true;
                matched(_asked[at].Vehicle, found, found.Score * Area(box));
            }

            if (Foreground(mask, box) < MostForeground)
            {
                Place(box, found, now);
            }
        }

        _standing.RemoveAll(held => now - held.LastTicks > ForgottenAfter || Foreground(mask, held.Box) >= MostForeground);
        _boxes.Clear();
        foreach (StandingBox standing in _standing)
        {
            if (standing.LastTicks - standing.SinceTicks >= StandsAfter)
            {
                _boxes.Add(new DetectedBox(standing.Box, standing.Class, standing.Score));
            }
        }
    }

    /// <summary>Keeps where the vehicles of a frame are that the model was asked about.</summary>
    public void Asked(long id, IReadOnlyList<Vehicle> vehicles)
    {
        if (id == 0)
        {
            return;
        }

        _id = id;
        _asked.Clear();
        foreach (Vehicle vehicle in vehicles)
        {
            if (vehicle.Seen)
            {
                _asked.Add((vehicle.Id, vehicle.Box));
            }
        }
    }

    /// <summary>Forgets all vehicles.</summary>
    public void Break()
    {
        _id = 0;
        _asked.Clear();
        _standing.Clear();
        _boxes.Clear();
    }

    public void Save(BinaryWriter state)
    {
        state.Mark("detector-evidence-1");
        state.Write(_id);
        state.WriteArray<(long, PixelBox)>(_asked.ToArray());
        state.WriteArray<StandingBox>(_standing.ToArray());
        state.WriteArray<DetectedBox>(_boxes.ToArray());
    }

    public void Load(BinaryReader state)
    {
        state.Expect("detector-evidence-1");
        Break();
        _id = state.ReadInt64();
        _asked.AddRange(state.ReadArray<(long, PixelBox)>(MostVehicles));
        _standing.AddRange(state.ReadArray<StandingBox>(MostStanding));
        _boxes.AddRange(state.ReadArray<DetectedBox>(MostStanding));
    }

    private static double Area(PixelBox box) => Math.Max(0, box.Right - box.Left) * Math.Max(0, box.Bottom - box.Top);

    private static double Overlap(PixelBox a, PixelBox b)
    {
        double width = Math.Min(a.Right, b.Right) - Math.Max(a.Left, b.Left), height = Math.Min(a.Bottom, b.Bottom) - Math.Max(a.Top, b.Top);
        double common = Math.Max(0, width) * Math.Max(0, height);
        return common <= 0 ? 0 : common / (Area(a) + Area(b) - common);
    }

    /// <summary>Share of a box that is foreground.</summary>
    private static double Foreground(ForegroundMask mask, PixelBox box)
    {
        int left = Math.Clamp((int)box.Left, 0, mask.Width), right = Math.Clamp((int)box.Right, left, mask.Width);
        int top = Math.Clamp((int)box.Top, 0, mask.Height), bottom = Math.Clamp((int)box.Bottom, top, mask.Height);
        int count = 0;
        for (int y = top; y < bottom; y++)
        {
            count += mask.Row(y)[left..right].Count(PixelClass.Vehicle);
        }

        return count / (double)Math.Max(1, (right - left) * (bottom - top));
    }

    private int Match(PixelBox box)
    {
        int best = -1;
        double most = SameVehicle;
        for (int i = 0; i < _asked.Count; i++)
        {
            double overlap = _matched[i] ? 0 : Overlap(box, _asked[i].Box);
            (best, most) = overlap > most ? (i, overlap) : (best, most);
        }

        return best;
    }

    private void Place(PixelBox box, DetectedObject found, long now)
    {
        VehicleClass kind = found.Kind switch
        {
            DetectedKind.TwoWheeler => VehicleClass.TwoWheeler,
            DetectedKind.Van => VehicleClass.Van,
            DetectedKind.Truck => VehicleClass.Truck,
            DetectedKind.Bus => VehicleClass.Bus,
            _ => VehicleClass.Car,
        };
        int at = _standing.FindIndex(known => Overlap(known.Box, box) >= SamePlace);
        if (at >= 0)
        {
            _standing[at] = new StandingBox(box, kind, found.Score, _standing[at].SinceTicks, now);
        }
        else if (_standing.Count < MostStanding)
        {
            _standing.Add(new StandingBox(box, kind, found.Score, now, now));
        }
    }

    /// <summary>A box at a place where the background model sees road.</summary>
    private readonly record struct StandingBox(PixelBox Box, VehicleClass Class, double Score, long SinceTicks, long LastTicks);
}

using Sensing.Drones.Events;
using Sensing.Drones.Tasks;
using Sensing.Models;
using Sensing.Vision.Frames;
using Sensing.Vision.Onnx.Detection;

namespace Sensing.Drones.Live;

/// <summary>The six tasks on real models: a detector, MoveNet and BlazeFace. Not thread-safe.</summary>
/// <remarks>HV, DEV, CD and DEO read the detector's boxes; BP runs MoveNet where the drone's person was last seen; MD
/// runs MoveNet and, where the person faces the camera, BlazeFace.</remarks>
public sealed class DroneModels : ITaskEngine
{
    // Of 44 frames, persons found by CenterNet at 512, 416, 320, 256; Lightning's and Thunder's mAP on COCO (54.6,
    // 63.5: MoveNet's model cards).
    private static readonly Dictionary<string, double> Qualities = new(StringComparer.Ordinal)
    {
        ["centernet"] = 1,
        ["centernet-416"] = 43.0 / 44,
        ["centernet-320"] = 42.0 / 44,
        ["centernet-256"] = 41.0 / 44,
        ["movenet-thunder"] = 1,
        ["movenet-lightning"] = 54.6 / 63.5,
    };

    private readonly bool _share;
    private readonly DroneCamera _camera;
    private readonly Dictionary<string, ObjectDetector> _detectors = new(StringComparer.Ordinal);
    private readonly Dictionary<string, PoseFinder> _poses = new(StringComparer.Ordinal);
    private readonly FaceFinder _faces;
    private readonly TaskVariant[] _byDetector;
    private readonly TaskVariant[] _byPose;
    private readonly Dictionary<string, ObjectDetection> _lastPerson = new(StringComparer.Ordinal);
    private readonly List<ObjectDetection> _found = [];

    /// <param name="models">The models.</param>
    /// <param name="camera">The drones' camera.</param>
    /// <param name="share">Whether tasks of a segment share one run of the detector.</param>
    /// <param name="threads">Threads that a run uses.</param>
    /// <exception cref="ModelException">A model cannot be used.</exception>
    public DroneModels(DroneModelSet models, DroneCamera camera, bool share, int threads = 1)
    {
        (_share, _camera) = (share, camera);
        foreach (DroneModelFile file in models.Detectors)
        {
            _detectors.Add(file.Name, Detector(file, threads));
        }

        foreach (DroneModelFile file in models.Poses)
        {
            _poses.Add(file.Name, new PoseFinder(file.Name, file.Bytes, threads));
        }

        _faces = new FaceFinder(models.Face.Name, models.Face.Bytes, threads);
        _byDetector = [.. models.Detectors.Select(file => Variant(file, threads))];
        _byPose = [.. models.Poses.Select(file => Variant(file, threads))];
    }

    public IReadOnlyList<TaskVariant> VariantsOf(DroneTaskKind kind) =>
        kind is DroneTaskKind.MaskDetection or DroneTaskKind.BodyPose ? _byPose : _byDetector;

    public TaskRun Run(SegmentWork segment, DroneTaskKind kind, TaskVariant variant, CancellationToken cancellation)
    {
        Frame frame = segment.Frame;
        if (kind is DroneTaskKind.MaskDetection or DroneTaskKind.BodyPose)
        {
            ObjectDetection person = _lastPerson.TryGetValue(segment.Drone, out ObjectDetection seen) ? seen : Whole(frame);
            IReadOnlyList<KeyPoint> pose = [.. _poses[variant.Name].Find(frame, person, cancellation)];
            bool isBody = PersonTasks.IsBody(pose);
            PersonReport? body = !isBody ? null : kind == DroneTaskKind.BodyPose ? Report(person) with { Pose = Flat(pose) } : Report(person) with
            {
                Mask = PersonTasks.FaceOf(_faces, frame, person, pose, cancellation) is { } face ? FaceMask.Of(frame, face) : MaskState.NoFaceVisible,
            };
            return new TaskRun(new TaskFindings { Persons = body is null ? [] : [body] });
        }

        (IReadOnlyList<ObjectDetection> found, bool isShared) = Detect(segment, variant.Name, cancellation);
        IReadOnlyList<string> names = _detectors[variant.Name].Settings.Classes;
        ObjectDetection[] persons = [.. found.Where(item => names[item.Class] == "person" && item.Score >= PersonTasks.LeastScore)];
        if (persons.Length > 0)
        {
            _lastPerson[segment.Drone] = persons[0];
        }

        TaskFindings findings = kind switch
        {
            DroneTaskKind.HazardVest => new TaskFindings { Persons = Vests(frame, persons, cancellation) },
            DroneTaskKind.DistanceToPerson => new TaskFindings
            {
                Persons = [.. persons.Take(1).Select(item => Report(item) with { DistanceM = Metres(item, "person", frame) })],
            },
            DroneTaskKind.CrowdDensity => new TaskFindings { Persons = [.. persons.Select(Report)], Crowd = persons.Length },
            _ => Nearest(found, names, frame),
        };
        return new TaskRun(findings, isShared);
    }

    public void Dispose()
    {
        foreach (ObjectDetector detector in _detectors.Values)
        {
            detector.Dispose();
        }

        foreach (PoseFinder pose in _poses.Values)
        {
            pose.Dispose();
        }

        _faces.Dispose();
    }

    private static TaskVariant Variant(DroneModelFile file, int threads) => new(
        file.Name, FormattableString.Invariant($"{file.Digest} cpu {threads}"), Qualities.TryGetValue(file.Name, out double quality) ? quality : 1);

    private static ObjectDetector Detector(DroneModelFile file, int threads) => new(
        file.Name, file.Bytes, metadata => metadata.TryGetValue(DetectorSettings.MetadataKey, out string? json)
            ? DetectorSettings.Parse(file.Name, json)
            : throw new ModelException(file.Name, "it does not say what it is.", "Import it with edge-node drone import-models."),
        new DetectorThresholds { LeastScore = PersonTasks.LeastScore, IsWanted = Distances.IsKnown }, threads);

    private static PersonReport Report(ObjectDetection item) => new()
    {
        Left = Math.Round(item.Left, 1),
        Top = Math.Round(item.Top, 1),
        Right = Math.Round(item.Right, 1),
        Bottom = Math.Round(item.Bottom, 1),
        Score = Math.Round(item.Score, 3),
    };

    private static double[] Flat(IReadOnlyList<KeyPoint> pose) =>
        [.. pose.SelectMany(point => (double[])[Math.Round(point.X, 1), Math.Round(point.Y, 1), Math.Round(point.Score, 3)])];

    private static ObjectDetection Whole(Frame frame) => new(0, 1, 0, 0, frame.CameraWidth, frame.CameraHeight);

    private double Metres(ObjectDetection item, string name, Frame frame) =>
        Math.Round(Distances.Of(item, name, _camera, frame.CameraWidth, frame.CameraHeight), 2);

    private (IReadOnlyList<ObjectDetection> Found, bool IsShared) Detect(SegmentWork segment, string model, CancellationToken cancellation)
    {
        if (_share && segment.Detections.TryGetValue(model, out IReadOnlyList<ObjectDetection>? known))
        {
            return (known, true);
        }

        Frame frame = segment.Frame;
        _detectors[model].Detect(frame, new PictureRegion(0, 0, frame.Width, frame.Height), _found, cancellation);
        ObjectDetection[] found = [.. _found];
        if (_share)
        {
            segment.Detections[model] = found;
        }

        return (found, false);
    }

    /// <summary>Without shoulders there is no vest; only the likeliest is looked at that closely, so that a run takes a
    /// bounded time.</summary>
    private PersonReport[] Vests(Frame frame, ObjectDetection[] persons, CancellationToken cancellation)
    {
        float[] scores = [.. persons.Select(person => HazardVest.Score(frame, person))];
        int best = scores.Length == 0 ? -1 : Array.IndexOf(scores, scores.Max());
        bool worn = best >= 0 && scores[best] >= HazardVest.Threshold
            && PersonTasks.IsBody(_poses[_byPose[0].Name].Find(frame, persons[best], cancellation));
        return [.. persons.Select((person, i) => Report(person) with { Vest = worn && i == best })];
    }

    private TaskFindings Nearest(IReadOnlyList<ObjectDetection> found, IReadOnlyList<string> names, Frame frame)
    {
        string? nearest = null;
        double least = double.PositiveInfinity;
        foreach (ObjectDetection item in found)
        {
            double metres = Metres(item, names[item.Class], frame);
            if (metres < least)
            {
                (nearest, least) = (names[item.Class], metres);
            }
        }

        return nearest is null ? TaskFindings.Nothing : new TaskFindings { NearestObject = nearest, NearestObjectM = least };
    }
}

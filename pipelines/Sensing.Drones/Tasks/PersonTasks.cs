using Sensing.Models;
using Sensing.Vision.Frames;
using Sensing.Vision.Onnx.Detection;

namespace Sensing.Drones.Tasks;

/// <summary>Finds the persons of a frame, and their vests, poses, faces and masks, with CenterNet, MoveNet and BlazeFace. Not thread-safe.</summary>
public sealed class PersonTasks : IDisposable
{
    /// <summary>Score from which the detector's persons count.</summary>
    public const float LeastScore = 0.3f;

    // Without a body there is no vest: parked cars and posts that the detector takes for persons have no shoulders.
    private const float LeastShoulders = 0.4f;

    // A person who faces the camera has the left shoulder to the right, by this share of the box's width; side views have less.
    private const float FacingShare = 0.15f;

    // BlazeFace's own choice of a certain face, and the smallest that it is trained on, pixels of the frame.
    private const float LeastFace = 0.5f, SmallestFace = 16;

    private readonly ObjectDetector _detector;
    private readonly PoseFinder _poses;
    private readonly FaceFinder _faces;
    private readonly List<ObjectDetection> _found = [];

    /// <param name="detector">Bytes of an imported detection model that knows persons.</param>
    /// <param name="pose">Bytes of an imported MoveNet.</param>
    /// <param name="face">Bytes of the imported BlazeFace.</param>
    /// <param name="threads">Threads that a run uses.</param>
    /// <exception cref="ModelException">A model cannot be used.</exception>
    public PersonTasks(ReadOnlyMemory<byte> detector, ReadOnlyMemory<byte> pose, ReadOnlyMemory<byte> face, int threads = 1)
    {
        _detector = new ObjectDetector(
            "detector", detector, metadata => metadata.TryGetValue(DetectorSettings.MetadataKey, out string? json)
                ? DetectorSettings.Parse("detector", json)
                : throw new ModelException("detector", "it does not say what it is.", "Import it with edge-node camera import-model."),
            new DetectorThresholds { LeastScore = LeastScore, IsWanted = name => name == "person" }, threads);
        _poses = new PoseFinder("pose", pose, threads);
        _faces = new FaceFinder("face", face, threads);
    }

    /// <summary>The persons of a frame, best first.</summary>
    public IReadOnlyList<PersonReading> Read(Frame frame)
    {
        _detector.Detect(frame, new PictureRegion(0, 0, frame.Width, frame.Height), _found);
        return [.. _found.Select(person => Read(frame, person))];
    }

    public void Dispose()
    {
        _detector.Dispose();
        _poses.Dispose();
        _faces.Dispose();
    }

    /// <summary>Whether a pose is one of a body, with shoulders.</summary>
    internal static bool IsBody(IReadOnlyList<KeyPoint> pose) =>
        (pose[(int)BodyPart.LeftShoulder].Score + pose[(int)BodyPart.RightShoulder].Score) / 2 >= LeastShoulders;

    /// <summary>The face of a person who faces the camera; null where there is none to see.</summary>
    internal static Face? FaceOf(
        FaceFinder faces, Frame frame, ObjectDetection person, IReadOnlyList<KeyPoint> pose, CancellationToken cancellation = default)
    {
        float turn = pose[(int)BodyPart.LeftShoulder].X - pose[(int)BodyPart.RightShoulder].X;
        if (!IsBody(pose) || turn < FacingShare * (person.Right - person.Left))
        {
            return null;
        }

        // A head is about an eighth of a person's height; the model wants it in the middle of a square several times as wide.
        float scale = frame.Width / (float)frame.CameraWidth;
        float side = Math.Max(1.5f * SmallestFace, 0.8f * (person.Right - person.Left) * scale);
        KeyPoint nose = pose[(int)BodyPart.Nose];
        var region = new PictureRegion(
            (int)((nose.X * scale) - (side / 2)), (int)((nose.Y * frame.Height / frame.CameraHeight) - (side / 2)), (int)side, (int)side);
        Face face = faces.Best(frame, region, cancellation);
        return face.Score >= LeastFace && (face.Right - face.Left) * scale >= SmallestFace ? face : null;
    }

    private PersonReading Read(Frame frame, ObjectDetection person)
    {
        KeyPoint[] pose = [.. _poses.Find(frame, person)];
        float vest = HazardVest.Score(frame, person);
        Face? face = FaceOf(_faces, frame, person, pose);
        return new PersonReading(
            person, vest, IsBody(pose) && vest >= HazardVest.Threshold, pose, face,
            face is { } seen ? FaceMask.Of(frame, seen) : MaskState.NoFaceVisible);
    }
}

using Sensing.Models;
using Sensing.Vision.Frames;
using Sensing.Vision.Onnx.Detection;

namespace Sensing.Drones.Tasks;

/// <summary>Finds the pose of a person with MoveNet (single pose): 17 key points. Not thread-safe.</summary>
public sealed class PoseFinder : IDisposable
{
    private const int Parts = 17;

    // The model is trained on squares with the person in the middle: its box and a quarter on each side (MoveNet.SinglePose model card).
    private const float Surroundings = 1.25f;

    private readonly PictureModel _model;
    private readonly KeyPoint[] _points = new KeyPoint[Parts];

    /// <param name="name">Name of the model, for errors.</param>
    /// <param name="model">Bytes of the imported MoveNet, Lightning or Thunder.</param>
    /// <param name="threads">Threads that a run uses.</param>
    /// <exception cref="ModelException">It is not such a model.</exception>
    public PoseFinder(string name, ReadOnlyMemory<byte> model, int threads = 1) => _model = new PictureModel(name, model, new PictureInput(), threads);

    /// <summary>The key points of a person, by <see cref="BodyPart"/>; used again at the next call.</summary>
    /// <param name="frame">The frame.</param>
    /// <param name="person">The person's box.</param>
    /// <param name="cancellation">Ends the run early.</param>
    public IReadOnlyList<KeyPoint> Find(Frame frame, ObjectDetection person, CancellationToken cancellation = default)
    {
        float sx = frame.Width / (float)frame.CameraWidth, sy = frame.Height / (float)frame.CameraHeight;
        float side = Surroundings * Math.Max((person.Right - person.Left) * sx, (person.Bottom - person.Top) * sy);
        float x = (person.Left + person.Right) / 2 * sx, y = (person.Top + person.Bottom) / 2 * sy;
        var region = new PictureRegion((int)(x - (side / 2)), (int)(y - (side / 2)), Math.Max(1, (int)side), Math.Max(1, (int)side));
        float[] found = _model.Run(frame, region, cancellation)[0];
        for (int i = 0; i < Parts; i++)
        {
            // y, x and score of each, as shares of the input.
            (float px, float py) = _model.ToFrame(found[(3 * i) + 1] * _model.Width, found[3 * i] * _model.Height);
            _points[i] = new KeyPoint(px / sx, py / sy, found[(3 * i) + 2]);
        }

        return _points;
    }

    public void Dispose() => _model.Dispose();
}

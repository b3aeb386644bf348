using Sensing.Models;
using Sensing.Vision.Frames;
using Sensing.Vision.Onnx.Detection;

namespace Sensing.Drones.Tasks;

/// <summary>Finds the best face in a part of a frame with BlazeFace (Bazarevsky et al. 2019, arXiv 1907.05047). Not thread-safe.</summary>
/// <remarks>BlazeFace also finds faces at the backs of heads; who asks must know from elsewhere that a face can be seen.</remarks>
public sealed class FaceFinder : IDisposable
{
    // The model's anchors: (cells a side, anchors a cell) at strides of 16 and 32 pixels of 256.
    private static readonly (int Cells, int PerCell)[] Anchors = [(16, 2), (8, 6)];

    private readonly PictureModel _model;

    /// <param name="name">Name of the model, for errors.</param>
    /// <param name="model">Bytes of the imported BlazeFace.</param>
    /// <param name="threads">Threads that a run uses.</param>
    /// <exception cref="ModelException">It is not such a model.</exception>
    public FaceFinder(string name, ReadOnlyMemory<byte> model, int threads = 1) => _model = new PictureModel(
        name, model, new PictureInput { Mean = [127.5f, 127.5f, 127.5f], Deviation = [127.5f, 127.5f, 127.5f] }, threads);

    /// <summary>The best face in a part of a frame.</summary>
    /// <param name="frame">The frame.</param>
    /// <param name="region">The part, a square, pixels of the frame.</param>
    /// <param name="cancellation">Ends the run early.</param>
    public Face Best(Frame frame, PictureRegion region, CancellationToken cancellation = default)
    {
        IReadOnlyList<float[]> outputs = _model.Run(frame, region, cancellation);
        (int Layer, int Anchor) best = (0, 0);
        float highest = float.NegativeInfinity;
        for (int layer = 0; layer < Anchors.Length; layer++)
        {
            for (int i = 0; i < outputs[layer].Length; i++)
            {
                if (outputs[layer][i] > highest)
                {
                    (highest, best) = (outputs[layer][i], (layer, i));
                }
            }
        }

        (int cells, int perCell) = Anchors[best.Layer];
        int cell = best.Anchor / perCell;
        float size = _model.Width, cx = (cell % cells + 0.5f) / cells * size, cy = (cell / cells + 0.5f) / cells * size;

        // Centre, size, then right eye, left eye, nose, mouth and both ears, all relative to the anchor in pixels of the input.
        float[] boxes = outputs[Anchors.Length + best.Layer];
        int at = 16 * best.Anchor;
        float sx = frame.Width / (float)frame.CameraWidth, sy = frame.Height / (float)frame.CameraHeight;
        (float X, float Y) Place(float x, float y)
        {
            (float px, float py) = _model.ToFrame(cx + x, cy + y);
            return (px / sx, py / sy);
        }

        float score = 1 / (1 + MathF.Exp(-highest));
        (float left, float top) = Place(boxes[at] - (boxes[at + 2] / 2), boxes[at + 1] - (boxes[at + 3] / 2));
        (float right, float bottom) = Place(boxes[at] + (boxes[at + 2] / 2), boxes[at + 1] + (boxes[at + 3] / 2));
        (float ex, float ey) = Place((boxes[at + 4] + boxes[at + 6]) / 2, (boxes[at + 5] + boxes[at + 7]) / 2);
        (float mx, float my) = Place(boxes[at + 10], boxes[at + 11]);
        return new Face(score, left, top, right, bottom, new KeyPoint(ex, ey, score), new KeyPoint(mx, my, score));
    }

    public void Dispose() => _model.Dispose();
}

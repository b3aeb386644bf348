using Microsoft.ML.OnnxRuntime;
using Sensing.Models;
using Sensing.Onnx;
using Sensing.Vision.Frames;
using Sensing.Vision.Onnx.Detection.Heads;

namespace Sensing.Vision.Onnx.Detection;

/// <summary>A model that takes a part of a frame and yields numbers, on the processor. Not thread-safe.</summary>
public sealed class PictureModel : IDisposable
{
    internal const string Remedy = "Export it to ONNX again, with operator set 21 or older.";

    private readonly InferenceSession _session;
    private readonly RunOptions _run = new();
    private readonly FrameTensor _tensor;
    private readonly OrtValue _input;
    private readonly string[] _inputName;

    /// <param name="name">Name of the model, for errors.</param>
    /// <param name="model">Bytes of the ONNX file, with one input of [1, 3, height, width].</param>
    /// <param name="input">How a picture becomes its input.</param>
    /// <param name="threads">Threads that a run uses, at least 1.</param>
    /// <exception cref="ModelException">It is not such a model.</exception>
    /// <exception cref="PlatformNotSupportedException">ONNX Runtime's native library cannot be loaded.</exception>
    public PictureModel(string name, ReadOnlyMemory<byte> model, PictureInput input, int threads = 1)
    {
        _session = OnnxSession.Open(name, model, Remedy, threads);
        NodeMetadata? only = _session.InputNames.Count == 1 ? _session.InputMetadata[_session.InputNames[0]] : null;
        if (only is null || !ModelShape.Fits(only.Dimensions, 1, 3, -1, -1) || only.Dimensions[2] < 1 || only.Dimensions[3] < 1)
        {
            _session.Dispose();
            throw new ModelException(name, "it does not have one input of [1, 3, height, width] with fixed sizes.", "Export it with that input.");
        }

        (Height, Width) = (only.Dimensions[2], only.Dimensions[3]);
        _tensor = new FrameTensor(input, Width, Height);
        _inputName = [_session.InputNames[0]];
        _input = OrtValue.CreateTensorValueFromMemory(_tensor.Values, [1, 3, Height, Width]);
    }

    /// <summary>Width of the input.</summary>
    public int Width { get; }

    /// <summary>Height of the input.</summary>
    public int Height { get; }

    /// <summary>Runs the model.</summary>
    /// <param name="frame">The frame.</param>
    /// <param name="region">The part that the model sees, pixels of the frame. Beyond the frame, its edges are repeated.</param>
    /// <param name="cancellation">Ends the run early.</param>
    /// <returns>Each output's numbers, row by row, in the model's order.</returns>
    /// <exception cref="OperationCanceledException">The run was ended early.</exception>
    public IReadOnlyList<float[]> Run(Frame frame, PictureRegion region, CancellationToken cancellation = default)
    {
        _tensor.Fill(frame, region);
        using IDisposableReadOnlyCollection<OrtValue> values =
            _session.Run(_run, _inputName, [_input], _session.OutputNames, cancellation);
        return [.. values.Select(value => value.GetTensorDataAsSpan<float>().ToArray())];
    }

    /// <summary>A place in the last run's input (pixels) as a place in the frame.</summary>
    public (float X, float Y) ToFrame(float x, float y) => _tensor.ToFrame(x, y);

    public void Dispose()
    {
        _input.Dispose();
        _run.Dispose();
        _session.Dispose();
    }
}

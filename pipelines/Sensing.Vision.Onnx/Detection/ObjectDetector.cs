using Microsoft.ML.OnnxRuntime;
using Sensing.Models;
using Sensing.Onnx;
using Sensing.Vision.Frames;
using Sensing.Vision.Onnx.Detection.Heads;

namespace Sensing.Vision.Onnx.Detection;

/// <summary>Finds objects in frames with an ONNX model, on the processor. Not thread-safe.</summary>
/// <remarks>The same frame gives the same objects on the same kind of machine. Between kinds of processors scores differ in the last digits.</remarks>
public sealed class ObjectDetector : IDisposable
{
    private readonly InferenceSession _session;
    private readonly RunOptions _run = new();
    private readonly FrameTensor _tensor;
    private readonly OrtValue _input;
    private readonly string[] _inputName;
    private readonly IHeadDecoder _head;
    private readonly List<Candidate> _found = [];
    private readonly DetectorThresholds _thresholds;
    private readonly bool[] _wanted;

    /// <param name="name">Name of the model, for errors.</param>
    /// <param name="model">Bytes of the ONNX file.</param>
    /// <param name="choose">Makes the settings from the model's metadata.</param>
    /// <param name="thresholds">What is kept of what the model finds.</param>
    /// <param name="threads">Threads that a run uses, at least 1.</param>
    /// <exception cref="ModelException">It is not an ONNX model that this runtime reads, or it does not fit the settings.</exception>
    /// <exception cref="PlatformNotSupportedException">ONNX Runtime's native library cannot be loaded.</exception>
    public ObjectDetector(
        string name, ReadOnlyMemory<byte> model, Func<IReadOnlyDictionary<string, string>, DetectorSettings> choose,
        DetectorThresholds thresholds, int threads = 1)
    {
        _session = OnnxSession.Open(name, model, PictureModel.Remedy, threads);
        try
        {
            Settings = choose(_session.ModelMetadata.CustomMetadataMap);
            (int width, int height) = InputSize(name);
            _tensor = new FrameTensor(Settings.Input, width, height);
            _inputName = [_session.InputNames[0]];
            _input = OrtValue.CreateTensorValueFromMemory(_tensor.Values, [1, 3, height, width]);
            _thresholds = thresholds;
            _wanted = [.. Settings.Classes.Select(thresholds.IsWanted)];
            _head = Decoder(new ModelShape(
                name,
                [.. _session.OutputNames.Select(output => KeyValuePair.Create(output, _session.OutputMetadata[output].Dimensions))],
                width, height, Settings.Classes.Count));
        }
        catch
        {
            _input?.Dispose();
            _run.Dispose();
            _session.Dispose();
            throw;
        }
    }

    /// <summary>The model's settings.</summary>
    public DetectorSettings Settings { get; }

    /// <summary>Finds objects in a part of a frame, best first. The list is used again at the next call.</summary>
    /// <param name="frame">The frame.</param>
    /// <param name="region">The part that the model sees; it is scaled to the model's input.</param>
    /// <param name="found">Takes the objects, boxes in pixels of the camera's own picture.</param>
    /// <param name="cancellation">Ends the run early.</param>
    /// <exception cref="OperationCanceledException">The run was ended early.</exception>
    public void Detect(Frame frame, PictureRegion region, List<ObjectDetection> found, CancellationToken cancellation = default)
    {
        _tensor.Fill(frame, region);
        _found.Clear();
        using (IDisposableReadOnlyCollection<OrtValue> values = _session.Run(_run, _inputName, [_input], _head.Outputs, cancellation))
        {
            HeadOutput[] outputs = [.. values.Select(value => new HeadOutput(value.GetTensorTypeAndShape().Shape, value))];
            _head.Decode(outputs, _wanted, _thresholds.LeastScore, _found);
        }

        NonMaximumSuppression.Apply(_found, _thresholds.MostOverlap);
        found.Clear();
        float sx = frame.CameraWidth / (float)frame.Width, sy = frame.CameraHeight / (float)frame.Height;
        foreach (Candidate candidate in _found)
        {
            (float left, float top) = _tensor.ToFrame(candidate.Left, candidate.Top);
            (float right, float bottom) = _tensor.ToFrame(candidate.Right, candidate.Bottom);
            found.Add(new ObjectDetection(
                candidate.Class, candidate.Score,
                Math.Max(region.Left, left) * sx, Math.Max(region.Top, top) * sy,
                Math.Min(region.Left + region.Width, right) * sx, Math.Min(region.Top + region.Height, bottom) * sy));
        }
    }

    public void Dispose()
    {
        _input.Dispose();
        _run.Dispose();
        _session.Dispose();
    }

    private (int Width, int Height) InputSize(string name)
    {
        IReadOnlyList<string> inputs = _session.InputNames;
        NodeMetadata? input = inputs.Count == 1 ? _session.InputMetadata[inputs[0]] : null;
        if (input is null || input.ElementDataType != Microsoft.ML.OnnxRuntime.Tensors.TensorElementType.Float
            || !ModelShape.Fits(input.Dimensions, 1, 3, -1, -1))
        {
            string listed = string.Join(", ", inputs.Select(
                known => $"{known} [{string.Join(", ", _session.InputMetadata[known].Dimensions)}] of {_session.InputMetadata[known].ElementDataType}"));
            throw new ModelException(name, $"its inputs are {listed}; one of [1, 3, height, width] of Float is needed.", "Export it with that input.");
        }

        int height = Size(input.Dimensions[2], Settings.InputHeight), width = Size(input.Dimensions[3], Settings.InputWidth);
        return (width, height);

        int Size(int declared, int given) =>
            declared > 0 && given > 0 && declared != given
                ? throw new ModelException(name, $"its input is {input.Dimensions[3]} × {input.Dimensions[2]}, not of {given}.", "Remove inputWidth and inputHeight.")
            : declared > 0 ? declared
            : given > 0 ? given
            : throw new ModelException(name, "it leaves the size of its input open.", "Set inputWidth and inputHeight in the detector's options.");
    }

    private IHeadDecoder Decoder(ModelShape shape) => Settings.Head switch
    {
        DetectorHead.NanoDet => new NanoDetDecoder(shape),
        DetectorHead.CenterNet => new CenterNetDecoder(shape),
        DetectorHead.YoloV5 or DetectorHead.YoloV8 => new YoloDecoder(shape, Settings.Head),
        _ => new RtDetrDecoder(shape),
    };
}

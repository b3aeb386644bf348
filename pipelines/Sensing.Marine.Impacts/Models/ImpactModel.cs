using Microsoft.ML.OnnxRuntime;
using Sensing.Marine.Impacts.Features;
using Sensing.Models;
using Sensing.Onnx;

namespace Sensing.Marine.Impacts.Models;

/// <summary>A classifier of impacts that ONNX Runtime runs. Not thread-safe.</summary>
public sealed class ImpactModel : IDisposable
{
    private const string Remedy = "Train it again with 'edge-node marine train'.";

    private static readonly string[] Outputs = [NetworkFile.Output];

    private readonly InferenceSession _session;
    private readonly RunOptions _run = new();
    private readonly OrtValue _input;
    private readonly OrtValue[] _inputs;
    private readonly string[] _inputNames = [NetworkFile.Input];
    private readonly float[] _features;

    /// <param name="description">Name, version and digest.</param>
    /// <param name="model">Bytes of the ONNX file.</param>
    /// <param name="features">Features that the program computes.</param>
    /// <exception cref="ModelException">It is not an ONNX model that this runtime reads, or not one for these features.</exception>
    /// <exception cref="PlatformNotSupportedException">ONNX Runtime's native library cannot be loaded.</exception>
    public ImpactModel(ModelDescription description, ReadOnlyMemory<byte> model, int features)
    {
        Description = description;
        _session = OnnxSession.Open(Title, model, Remedy);
        _features = new float[features];
        try
        {
            IReadOnlyDictionary<string, string> metadata = _session.ModelMetadata.CustomMetadataMap;
            string expected = $"{WindowFeatures.Version} {features}", found = metadata.GetValueOrDefault(NetworkFile.FeaturesKey, "others");
            Classes = [.. metadata.GetValueOrDefault(NetworkFile.ClassesKey, "").Split(',')];
            if (found != expected || !_session.InputNames.SequenceEqual(_inputNames) || !_session.OutputNames.SequenceEqual(Outputs)
                || _session.OutputMetadata[NetworkFile.Output].Dimensions is not [1, var classes] || classes != Classes.Count)
            {
                throw new ModelException(Title, $"it is for the features '{found}'; this program has '{expected}'.", Remedy);
            }

            _input = OrtValue.CreateTensorValueFromMemory(_features, [1, features]);
            _inputs = [_input];
        }
        catch
        {
            _run.Dispose();
            _session.Dispose();
            throw;
        }
    }

    public ModelDescription Description { get; }

    /// <summary>Names of the classes, in the order of the probabilities.</summary>
    public IReadOnlyList<string> Classes { get; }

    /// <summary>Name and version.</summary>
    public string Title => $"{Description.Name} {Description.Version}";

    /// <summary>Probabilities of the classes.</summary>
    public float[] Classify(ReadOnlySpan<float> features)
    {
        features.CopyTo(_features);
        using IDisposableReadOnlyCollection<OrtValue> values = _session.Run(_run, _inputNames, _inputs, Outputs);
        return values[0].GetTensorDataAsSpan<float>().ToArray();
    }

    public void Dispose()
    {
        _input.Dispose();
        _run.Dispose();
        _session.Dispose();
    }
}

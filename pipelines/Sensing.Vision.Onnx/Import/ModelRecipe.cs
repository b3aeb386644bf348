using Sensing.Models;
using Sensing.Onnx;
using Sensing.Onnx.Graph;
using Sensing.Vision.Onnx.Detection;
using Sensing.Vision.Onnx.Tfjs;

namespace Sensing.Vision.Onnx.Import;

/// <summary>A model that can be imported: where it comes from, the digests of what it is made of, and what is taken from it.</summary>
public sealed record ModelRecipe
{
    /// <summary>Its name in the model store.</summary>
    public required string Name { get; init; }

    /// <summary>Name of the npm package.</summary>
    public required string Package { get; init; }

    /// <summary>Version of the package, and of the model.</summary>
    public required string Version { get; init; }

    /// <summary>Name of the package's file, as <c>npm pack</c> writes it.</summary>
    public string PackageFileName => $"{Package.Replace("@", "", StringComparison.Ordinal).Replace('/', '-')}-{Version}.tgz";

    /// <summary>SHA-512 of the package, as npm's <c>integrity</c> without its prefix.</summary>
    public required string PackageDigest { get; init; }

    /// <summary>Licence of package and model, as SPDX names it.</summary>
    public required string Licence { get; init; }

    /// <summary>The model's JSON file in the package.</summary>
    public required PackageFile Model { get; init; }

    /// <summary>Its weights.</summary>
    public required PackageFile Weights { get; init; }

    /// <summary>The licence's text.</summary>
    public required PackageFile LicenceText { get; init; }

    /// <summary>Width and height of the input.</summary>
    public required int InputSize { get; init; }

    /// <summary>Width and height of the input that the graph was made for; 0: the same. Only a fully convolutional network takes another.</summary>
    public int OwnInputSize { get; init; }

    /// <summary>Whether the graph takes the channels last; the ONNX model takes them first.</summary>
    public bool ChannelsLast { get; init; }

    /// <summary>What is taken from the graph.</summary>
    public required IReadOnlyList<TfjsOutput> Outputs { get; init; }

    /// <summary>What a detector must know of it; null: it is not a detector.</summary>
    public DetectorSettings? Settings { get; init; }

    /// <summary>The files that are read from the package.</summary>
    public IReadOnlyList<PackageFile> Files => [Model, Weights, LicenceText];

    /// <summary>Converts the package's files and puts the model with its licence into a folder of models.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="files">The bytes of each file by its path in the package.</param>
    /// <exception cref="TfjsException">The model cannot be converted.</exception>
    /// <exception cref="ModelException">The folder's manifest cannot be used.</exception>
    public ModelDescription AddTo(string folder, IReadOnlyDictionary<string, byte[]> files) =>
        ModelFolder.Add(folder, Name, Version, Convert(files), files[LicenceText.Path]);

    /// <summary>Converts the package's files to ONNX. The same files give the same bytes.</summary>
    /// <param name="files">The bytes of each file by its path in the package.</param>
    /// <exception cref="TfjsException">The model cannot be converted.</exception>
    public byte[] Convert(IReadOnlyDictionary<string, byte[]> files)
    {
        TfjsModel model = TfjsModel.Read(files[Model.Path], _ => files[Weights.Path]);
        var graph = new OnnxGraph(Name);
        string input = graph.Input("images", 1, 3, InputSize, InputSize);
        if (ChannelsLast)
        {
            input = graph.Add("Transpose", [input], "images/nhwc", OnnxAttribute.Of("perm", [0, 2, 3, 1]));
        }

        TfjsConversion.Convert(model, Outputs, graph, input, OwnInputSize == 0 ? 1 : (double)InputSize / OwnInputSize);
        if (Settings is { } settings)
        {
            graph.Metadata(DetectorSettings.MetadataKey, System.Text.Json.JsonSerializer.Serialize(settings, DetectorJson.Default.DetectorSettings));
        }

        graph.Metadata("origin", $"npm {Package} {Version}, {Model.Path} (sha256 {Model.Digest}), {Weights.Path} (sha256 {Weights.Digest})");
        graph.Metadata("licence", Licence);
        return graph.ToArray();
    }
}

using System.Buffers.Binary;
using System.Text.Json;
using Sensing.Onnx.Graph;

namespace Sensing.Vision.Onnx.Tfjs;

/// <summary>A TensorFlow.js graph model: <c>model.json</c> with its weights.</summary>
/// <remarks>Weights of 32-bit floats and integers, booleans, 16-bit floats, and 8 or 16 bits with scale and offset, as the converter's
/// <c>--quantize_*</c> options write them.</remarks>
public sealed class TfjsModel
{
    private readonly Dictionary<string, TfjsNode> _nodes;
    private readonly Dictionary<string, OnnxTensor> _weights;

    private TfjsModel(Dictionary<string, TfjsNode> nodes, Dictionary<string, OnnxTensor> weights)
    {
        _nodes = nodes;
        _weights = weights;
    }

    internal IReadOnlyDictionary<string, TfjsNode> Nodes => _nodes;

    internal IReadOnlyDictionary<string, OnnxTensor> Weights => _weights;

    /// <summary>Reads a model.</summary>
    /// <param name="json">The bytes of <c>model.json</c>.</param>
    /// <param name="file">Yields the bytes of a weights file that it names.</param>
    /// <exception cref="TfjsException">It is not a graph model, or a weights file has the wrong length.</exception>
    public static TfjsModel Read(ReadOnlyMemory<byte> json, Func<string, ReadOnlyMemory<byte>> file)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(json);
            JsonElement root = document.RootElement;
            var nodes = new Dictionary<string, TfjsNode>(StringComparer.Ordinal);
            foreach (JsonElement node in root.GetProperty("modelTopology").GetProperty("node").EnumerateArray())
            {
                TfjsNode read = Node(node);
                nodes.Add(read.Name, read);
            }

            var weights = new Dictionary<string, OnnxTensor>(StringComparer.Ordinal);
            foreach (JsonElement group in root.GetProperty("weightsManifest").EnumerateArray())
            {
                ReadGroup(group, file, weights);
            }

            return new TfjsModel(nodes, weights);
        }
        catch (Exception error) when (error is JsonException or KeyNotFoundException or InvalidOperationException or FormatException or ArgumentException)
        {
            throw new TfjsException($"This is not a TensorFlow.js graph model: {error.Message}", error);
        }
    }

    private static TfjsNode Node(JsonElement node)
    {
        string[] inputs = node.TryGetProperty("input", out JsonElement list)
            ? [.. list.EnumerateArray().Select(item => item.GetString()!).Where(item => !item.StartsWith('^'))]
            : [];
        return new TfjsNode(
            node.GetProperty("name").GetString()!, node.GetProperty("op").GetString()!, inputs,
            node.TryGetProperty("attr", out JsonElement attributes) ? attributes.Clone() : null);
    }

    private static void ReadGroup(JsonElement group, Func<string, ReadOnlyMemory<byte>> file, Dictionary<string, OnnxTensor> weights)
    {
        using var all = new MemoryStream();
        foreach (JsonElement path in group.GetProperty("paths").EnumerateArray())
        {
            all.Write(file(path.GetString()!).Span);
        }

        ReadOnlySpan<byte> rest = all.GetBuffer().AsSpan(0, (int)all.Length);
        foreach (JsonElement weight in group.GetProperty("weights").EnumerateArray())
        {
            string name = weight.GetProperty("name").GetString()!;
            int[] shape = [.. weight.GetProperty("shape").EnumerateArray().Select(size => size.GetInt32())];
            int length = shape.Aggregate(1, (product, size) => checked(product * size));
            JsonElement? quantization = weight.TryGetProperty("quantization", out JsonElement found) ? found : null;
            string type = weight.GetProperty("dtype").GetString()!;
            string stored = quantization?.GetProperty("dtype").GetString() ?? type;
            int bytes = stored switch
            {
                "float32" or "int32" => 4,
                "float16" or "uint16" => 2,
                "uint8" or "bool" => 1,
                _ => throw new TfjsException($"The weight '{name}' is stored as '{stored}'; float32, float16, int32, uint16, uint8 and bool are read."),
            };
            if (rest.Length < length * bytes)
            {
                throw new TfjsException($"The weights end within '{name}': {length * bytes} bytes are needed, {rest.Length} are left. Check the file of weights.");
            }

            weights.Add(name, Weight(rest[..(length * bytes)], shape, type, stored, quantization));
            rest = rest[(length * bytes)..];
        }

        if (rest.Length > 0)
        {
            throw new TfjsException($"{rest.Length} bytes follow the last weight. Check that model and weights belong together.");
        }
    }

    private static OnnxTensor Weight(ReadOnlySpan<byte> bytes, int[] shape, string type, string stored, JsonElement? quantization)
    {
        int width = stored switch { "float32" or "int32" => 4, "float16" or "uint16" => 2, _ => 1 };
        int length = bytes.Length / width;
        if (type is "int32" or "bool")
        {
            var integers = new long[length];
            for (int i = 0; i < length; i++)
            {
                integers[i] = width == 4 ? BinaryPrimitives.ReadInt32LittleEndian(bytes[(4 * i)..]) : bytes[i];
            }

            return OnnxTensor.Of(integers, shape);
        }

        bool scaled = stored is "uint8" or "uint16";
        double scale = scaled ? quantization!.Value.GetProperty("scale").GetDouble() : 1;
        double offset = scaled ? quantization!.Value.GetProperty("min").GetDouble() : 0;
        var floats = new float[length];
        for (int i = 0; i < length; i++)
        {
            floats[i] = stored switch
            {
                "float32" => BinaryPrimitives.ReadSingleLittleEndian(bytes[(4 * i)..]),
                "float16" => (float)BinaryPrimitives.ReadHalfLittleEndian(bytes[(2 * i)..]),
                "uint16" => (float)((BinaryPrimitives.ReadUInt16LittleEndian(bytes[(2 * i)..]) * scale) + offset),
                _ => (float)((bytes[i] * scale) + offset),
            };
        }

        return OnnxTensor.Of(floats, shape);
    }
}

using System.Buffers;
using System.Text;
using System.Text.Json.Nodes;
using Sensing.Vision.Onnx.Tfjs;

namespace Sensing.Vision.Onnx.Tests.Tfjs;

/// <summary>Writes a TensorFlow.js graph model as its converter does.</summary>
internal sealed class GraphModelBuilder
{
    private readonly JsonArray _nodes = [];
    private readonly JsonArray _weights = [];
    private readonly ArrayBufferWriter<byte> _bytes = new();

    public byte[] Weights => _bytes.WrittenSpan.ToArray();

    public GraphModelBuilder Node(string name, string type, string[] inputs, params (string Name, JsonNode Value)[] attributes)
    {
        _nodes.Add(new JsonObject
        {
            ["name"] = name,
            ["op"] = type,
            ["input"] = new JsonArray([.. inputs.Select(input => (JsonNode)input)]),
            ["attr"] = new JsonObject(attributes.Select(attribute => KeyValuePair.Create(attribute.Name, (JsonNode?)attribute.Value))),
        });
        return this;
    }

    public GraphModelBuilder Floats(string name, int[] shape, params float[] values)
    {
        Constant(name, shape, "float32", null);
        foreach (float value in values)
        {
            _bytes.Write(BitConverter.GetBytes(value));
        }

        return this;
    }

    public GraphModelBuilder Halves(string name, int[] shape, params float[] values)
    {
        Constant(name, shape, "float32", new JsonObject { ["dtype"] = "float16" });
        foreach (float value in values)
        {
            _bytes.Write(BitConverter.GetBytes((Half)value));
        }

        return this;
    }

    public GraphModelBuilder Bytes(string name, int[] shape, double scale, double min, params byte[] values)
    {
        Constant(name, shape, "float32", new JsonObject { ["dtype"] = "uint8", ["scale"] = scale, ["min"] = min });
        _bytes.Write(values);
        return this;
    }

    public GraphModelBuilder Integers(string name, int[] shape, params int[] values)
    {
        Constant(name, shape, "int32", null);
        foreach (int value in values)
        {
            _bytes.Write(BitConverter.GetBytes(value));
        }

        return this;
    }

    public byte[] Json() => Encoding.UTF8.GetBytes(new JsonObject
    {
        ["format"] = "graph-model",
        ["modelTopology"] = new JsonObject { ["node"] = _nodes.DeepClone() },
        ["weightsManifest"] = new JsonArray(new JsonObject { ["paths"] = new JsonArray("model.bin"), ["weights"] = _weights.DeepClone() }),
    }.ToJsonString());

    public TfjsModel Read() => TfjsModel.Read(Json(), _ => Weights);

    public static (string, JsonNode) Text(string name, string value) => (name, new JsonObject { ["s"] = Base64(value) });

    public static (string, JsonNode) Number(string name, float value) => (name, new JsonObject { ["f"] = value });

    public static (string, JsonNode) Integer(string name, int value) =>
        (name, new JsonObject { ["i"] = value.ToString(System.Globalization.CultureInfo.InvariantCulture) });

    public static (string, JsonNode) Type(string name, string value) => (name, new JsonObject { ["type"] = value });

    public static (string, JsonNode) Flag(string name, bool value) => (name, new JsonObject { ["b"] = value });

    public static (string, JsonNode) Integers(string name, params int[] values) =>
        (name, new JsonObject { ["list"] = new JsonObject { ["i"] = new JsonArray([.. values.Select(value => (JsonNode)value.ToString(System.Globalization.CultureInfo.InvariantCulture))]) } });

    public static (string, JsonNode) Texts(string name, params string[] values) =>
        (name, new JsonObject { ["list"] = new JsonObject { ["s"] = new JsonArray([.. values.Select(value => (JsonNode)Base64(value))]) } });

    private static string Base64(string value) => Convert.ToBase64String(Encoding.UTF8.GetBytes(value));

    private void Constant(string name, int[] shape, string type, JsonObject? quantization)
    {
        Node(name, "Const", []);
        var weight = new JsonObject { ["name"] = name, ["shape"] = new JsonArray([.. shape.Select(size => (JsonNode)size)]), ["dtype"] = type };
        if (quantization is not null)
        {
            weight["quantization"] = quantization;
        }

        _weights.Add(weight);
    }
}

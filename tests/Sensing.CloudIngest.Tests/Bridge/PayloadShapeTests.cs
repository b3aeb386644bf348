using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using CsCheck;
using Sensing.CloudIngest.Bridge;
using Sensing.CloudIngest.Tests.Support;
using Sensing.Das.Events;
using Sensing.Events;
using Sensing.Events.Node;

namespace Sensing.CloudIngest.Tests.Bridge;

public class PayloadShapeTests
{
    private static readonly (IEventType Type, byte[] Data)[] Valid =
    [
        (DasEvents.Vehicle, Sample.Vehicle(Sample.Noon).Data.ToArray()),
        (DasEvents.Vehicle, JsonSerializer.SerializeToUtf8Bytes(
            JsonSerializer.Deserialize(Sample.Vehicle(Sample.Noon).Data.Span, DasEventJson.Default.VehiclePassage)! with { AccelerationMs2 = -0.25 }, DasEventJson.Default.VehiclePassage)),
        (DasEvents.Waterfall, Sample.Waterfall(Sample.Noon).Data.ToArray()),
        (DasEvents.Flow, """{"windowMinutes":15,"direction":"increasing","class":"small","count":3,"flowPerHour":12,"meanSpeedKmh":74.25,"occupancy":0.01}"""u8.ToArray()),
        (DasEvents.Profile, """{"hour":12,"direction":"decreasing","count":5,"usualCount":4.5,"deviation":0.5,"days":3}"""u8.ToArray()),
        (NodeEvents.Notice, """{"code":"gap","severity":"warning","message":"Two seconds are missing.","remedy":"Look at the recorder."}"""u8.ToArray()),
        (NodeEvents.Loss, """{"reason":"full","telemetry":3,"facts":2,"alarms":1,"from":"2026-01-02T11:00:00Z","to":"2026-01-02T12:00:00Z"}"""u8.ToArray()),
        (NodeEvents.Status, Sample.StatusJson()),
        .. Sample.Catalogue.Types.Select(type => (type, PayloadExample.Of(type.Payload))),
    ];

    [Fact]
    public void Every_type_of_the_catalogue_is_accepted_by_the_tier()
    {
        Assert.NotEmpty(Sample.Catalogue.Types);
        Assert.All(Valid, item => Assert.True(
            Sample.Reader.Events.Fits(item.Type, item.Data, out string? problem), $"{item.Type.Name}: {problem}"));
    }

    [Fact]
    public void What_nodes_send_is_accepted_at_once() => Assert.All(Valid, item => Assert.True(PayloadShape.Of(item.Type.Payload)!.Accepts(item.Data)));

    [Fact]
    public void Space_between_tokens_does_not_matter()
    {
        var spaced = new JsonSerializerOptions { WriteIndented = true, IndentCharacter = '\t', NewLine = "\r\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
        Assert.All(Valid, item => Assert.True(PayloadShape.Of(item.Type.Payload)!.Accepts(Encoding.UTF8.GetBytes(JsonNode.Parse(item.Data)!.ToJsonString(spaced)))));
    }

    [Fact]
    public void Whatever_is_accepted_the_serializer_accepts_too()
    {
        PayloadShape[] shapes = [.. Valid.Select(item => PayloadShape.Of(item.Type.Payload)!)];
        int accepted = 0;
        Gen.Select(Gen.Int[0, Valid.Length - 1], Change.Array[1, 3]).Sample((which, changes) =>
        {
            byte[] data = changes.Aggregate(Valid[which].Data, (bytes, change) => change(bytes));
            if (shapes[which].Accepts(data))
            {
                Interlocked.Increment(ref accepted);
                Assert.True(Deserializes(Valid[which].Type, data), Encoding.UTF8.GetString(data));
            }
        }, iter: 20_000);
        Assert.True(accepted > 100, $"Only {accepted} changed payloads were accepted: nothing was compared.");
    }

    [Theory]
    [InlineData("\"speedKmh\":80,", "")]
    [InlineData("\"speedKmh\":80", "\"speedKmh\":\"80\"")]
    [InlineData("\"speedKmh\":80", "\"speedKmh\":null")]
    [InlineData("\"distanceM\":200", "\"distance\":200")]
    [InlineData("\"small\"", "\"smal\"")]
    [InlineData("}]}", "}]}}")]
    [InlineData("}]}", "}]")]
    [InlineData("}]}", "}]} 1")]
    public void What_the_serializer_refuses_is_not_accepted(string old, string replaced)
    {
        string text = Encoding.UTF8.GetString(Valid[0].Data);
        Assert.Contains(old, text, StringComparison.Ordinal);
        byte[] data = Encoding.UTF8.GetBytes(text.Replace(old, replaced, StringComparison.Ordinal));
        Assert.False(Deserializes(Valid[0].Type, data));
        Assert.False(PayloadShape.Of(Valid[0].Type.Payload)!.Accepts(data));
    }

    private static readonly string[] Parts =
        ["\"", "{", "}", "[", "]", ",", ":", "null", "true", "0", "-", ".5", "1e400", "1e-3", "\\", "\\u0041", "é", " ", "\n", "\"speedKmh\":1,", "\"x\":{},", "\"Small\"", "\u0001"];

    /// <summary>Replaces, inserts or cuts out a few bytes.</summary>
    private static Gen<Func<byte[], byte[]>> Change { get; } =
        Gen.Select(Gen.Int[0, 10_000], Gen.Int[0, 6], Gen.Int[0, Parts.Length - 1], (at, cut, part) => new Func<byte[], byte[]>(bytes =>
        {
            int from = at % (bytes.Length + 1);
            int until = Math.Min(bytes.Length, from + cut);
            return [.. bytes[..from], .. cut % 2 == 0 ? Encoding.UTF8.GetBytes(Parts[part]) : [], .. bytes[until..]];
        }));

    private static bool Deserializes(IEventType type, byte[] data)
    {
        try
        {
            return JsonSerializer.Deserialize(data, type.Payload) is not null;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}

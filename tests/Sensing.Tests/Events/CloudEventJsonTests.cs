using System.Text;
using System.Text.Json;
using CsCheck;
using Sensing.Events;
using Sensing.Events.Node;

namespace Sensing.Tests.Events;

public class CloudEventJsonTests
{
    private static readonly StreamAddress Address = new("poznan", "cabinet-1", "street");

    private static SensorEvent Notice(string message, long ticks) => NodeEvents.Notice.Create(
        Address, new DateTimeOffset(ticks, TimeSpan.Zero), "key",
        new StreamNotice { Code = "gap", Severity = NoticeSeverity.Warning, Message = message });

    [Fact]
    public void Every_event_is_read_back_as_it_was() => Gen.Select(Gen.String, Gen.Long[0, DateTimeOffset.MaxValue.Ticks]).Sample((message, ticks) =>
    {
        // A lone surrogate is not text; JSON writes the replacement character for it.
        SensorEvent written = Notice(Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(message)), ticks);

        return CloudEventJson.TryRead(CloudEventJson.Write(written), EventCatalogue.NodeOnly, out SensorEvent? read, out _)
            && read.Id == written.Id && read.Time == written.Time && read.Type == written.Type && read.Source == written.Source
            && NodeEvents.Notice.Read(read) == NodeEvents.Notice.Read(written);
    });

    [Fact]
    public void The_form_is_that_of_the_CloudEvents_specification()
    {
        using JsonDocument json = JsonDocument.Parse(CloudEventJson.Write(Notice("two seconds are missing", 638_000_000_001_234_567)));

        Assert.Equal("1.0", json.RootElement.GetProperty("specversion").GetString());
        Assert.Equal("/sites/poznan/nodes/cabinet-1/streams/street", json.RootElement.GetProperty("source").GetString());
        Assert.Equal("sensing.node.notice.v1", json.RootElement.GetProperty("type").GetString());
        Assert.Equal("2022-09-28T22:13:20.1234567Z", json.RootElement.GetProperty("time").GetString());
        Assert.Equal("application/json", json.RootElement.GetProperty("datacontenttype").GetString());
        Assert.Equal("gap", json.RootElement.GetProperty("data").GetProperty("code").GetString());
        Assert.False(json.RootElement.GetProperty("data").TryGetProperty("input", out _));
    }

    [Theory]
    [InlineData("{", "not JSON")]
    [InlineData("[]", "not a JSON object")]
    [InlineData("""{"specversion":"0.3","id":"1","data":{}}""", "specversion is '0.3'")]
    [InlineData("""{"specversion":"1.0","data":{}}""", "id is missing")]
    [InlineData("""{"specversion":"1.0","id":"1","source":"/x","data":{}}""", "source '/x' is not")]
    [InlineData("""{"specversion":"1.0","id":"1","source":"/sites/a/nodes/b/streams/c","type":"x","data":{}}""", "type 'x' is not")]
    [InlineData("""{"specversion":"1.0","id":"1","source":"/sites/a/nodes/b/streams/c","type":"sensing.das.vehicle.v1","time":"2024-05-07 09:02:00","data":{}}""", "time '2024-05-07 09:02:00' is not")]
    public void What_is_no_event_is_refused_with_its_reason(string text, string reason)
    {
        Assert.False(CloudEventJson.TryRead(Encoding.UTF8.GetBytes(text), EventCatalogue.NodeOnly, out _, out string? problem));
        Assert.Contains(reason, problem, StringComparison.Ordinal);
    }

    [Fact]
    public void The_topic_names_site_node_stream_pipeline_and_fact() =>
        Assert.Equal("sensing/v1/poznan/cabinet-1/street/node/notice", Notice("", 0).Topic);

    [Fact]
    public void Reading_an_event_as_another_type_is_an_error()
    {
        var error = Assert.Throws<ArgumentException>(() => NodeEvents.Loss.Read(Notice("", 0)));

        Assert.Contains("is a sensing.node.notice.v1, not a sensing.node.loss.v1", error.Message, StringComparison.Ordinal);
    }
}

using System.Text;
using CsCheck;
using Sensing.CloudIngest.Bridge;
using Sensing.CloudIngest.Log;
using Sensing.CloudIngest.Tests.Support;
using Sensing.Das.Events;
using Sensing.Events;

namespace Sensing.CloudIngest.Tests.Bridge;

public class MessageReaderTests
{
    private static readonly string[] Names = ["id", "source", "type", "time", "specversion", "other"];

    [Fact]
    public void Any_message_at_all_becomes_an_event_a_status_or_a_dead_letter_with_its_bytes() =>
        Gen.Select(Gen.String, Gen.Byte.Array[0, 200], Gen.String.Null(), Gen.Select(Gen.Int[0, Names.Length - 1], Gen.String).Array[0, 8])
            .Sample((topic, payload, contentType, properties) =>
            {
                LogRecord record = Sample.Reader.Read(
                    new IncomingMessage(topic, payload, contentType, [.. properties.Select(pair => KeyValuePair.Create(Names[pair.Item1], pair.Item2))]), Sample.Noon);
                return record is DeadLetterRecord letter && letter.Payload.Span.SequenceEqual(payload) && letter.Reason.Length > 0;
            });

    [Fact]
    public void A_payload_with_any_byte_changed_is_still_read_without_an_exception()
    {
        SensorEvent vehicle = Sample.Vehicle(Sample.Noon);
        Gen.Select(Gen.Int[0, vehicle.Data.Length - 1], Gen.Byte).Sample((position, value) =>
        {
            byte[] data = vehicle.Data.ToArray();
            data[position] = value;
            return Read(vehicle, data) is EventRecord or DeadLetterRecord;
        });
    }

    [Theory]
    [InlineData("id", "")]
    [InlineData("id", "line\nbreak")]
    [InlineData("source", "/sites/Tunnel/nodes/cabinet-1/streams/fibre-a")]
    [InlineData("type", "sensing.das.vehicle")]
    [InlineData("time", "2026-01-02T12:00:00")]
    [InlineData("specversion", "0.3")]
    [InlineData("content-type", "text/plain")]
    public void A_wrong_attribute_makes_a_dead_letter_that_says_which(string name, string value)
    {
        SensorEvent vehicle = Sample.Vehicle(Sample.Noon);

        var letter = Assert.IsType<DeadLetterRecord>(Read(vehicle, vehicle.Data, (name, value)));

        Assert.Contains(name.Replace('-', ' '), letter.Reason, StringComparison.Ordinal);
    }

    /// <summary>JSON allows all of these; the database, a roll-up or a client behind this tier does not.</summary>
    [Theory]
    [InlineData("1e999")]
    [InlineData("-1e999")]
    [InlineData("1e-999")]
    [InlineData("0e20000")]
    [InlineData("\"\\u0000\"")]
    [InlineData("\"\\ud800\"")]
    [InlineData("\"\u00e4\"", true)]
    [InlineData("{\"\u00e4\":1}", true)]
    [InlineData("{\"\\u0000\":1}")]
    public void Data_that_somebody_behind_this_tier_cannot_read_are_a_dead_letter(string value, bool latin = false)
    {
        Encoding encoding = latin ? Encoding.Latin1 : Encoding.UTF8;
        SensorEvent vehicle = Sample.Vehicle(Sample.Noon);
        byte[] known = encoding.GetBytes(Encoding.UTF8.GetString(vehicle.Data.Span)[..^1] + ",\"added\":" + value + "}");
        byte[] unknown = encoding.GetBytes("{\"deep\":[" + value + "]}");

        Assert.Equal(DeadLetterKind.Payload, Assert.IsType<DeadLetterRecord>(Read(vehicle, known)).Kind);
        Assert.Equal(DeadLetterKind.Syntax, Assert.IsType<DeadLetterRecord>(Read(Sample.Other("a", Sample.Noon), unknown)).Kind);
        Assert.Equal(
            DeadLetterKind.Status,
            Assert.IsType<DeadLetterRecord>(Sample.Reader.Read(
                new IncomingMessage("sensing/v1/tunnel/cabinet-1/status", encoding.GetBytes(Encoding.UTF8.GetString(Sample.StatusJson())[..^1] + ",\"added\":" + value + "}"), null, []),
                Sample.Noon)).Kind);
    }

    [Theory]
    [InlineData("1.7e308")]
    [InlineData("-1e101")]
    [InlineData("0e-20000")]
    public void A_measured_number_beyond_what_a_quantity_can_be_is_a_dead_letter(string number)
    {
        SensorEvent vehicle = Sample.Vehicle(Sample.Noon);
        byte[] data = Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(vehicle.Data.Span).Replace("\"speedKmh\":80", "\"speedKmh\":" + number, StringComparison.Ordinal));

        Assert.Contains("number", Assert.IsType<DeadLetterRecord>(Read(vehicle, data)).Reason, StringComparison.Ordinal);
        Assert.False(PayloadShape.Of(((IEventType)DasEvents.Vehicle).Payload)!.Accepts(data));
    }

    [Fact]
    public void A_type_that_is_not_known_here_is_taken_as_it_is()
    {
        SensorEvent other = Sample.Other("a", Sample.Noon, "{\"newer\":true}");

        Assert.Equal(other, Assert.IsType<EventRecord>(Read(other, other.Data)).Event);
    }

    private static LogRecord Read(SensorEvent item, ReadOnlyMemory<byte> data, (string Name, string Value)? change = null)
    {
        var properties = new Dictionary<string, string>
        {
            ["specversion"] = "1.0",
            ["id"] = item.Id,
            ["source"] = item.Source.Source,
            ["type"] = item.Type.ToString(),
            ["time"] = EventTime.Format(item.Time),
        };
        string contentType = "application/json";
        if (change is ("content-type", string other))
        {
            contentType = other;
        }
        else if (change is { } one)
        {
            properties[one.Name] = one.Value;
        }

        return Sample.Reader.Read(new IncomingMessage(item.Topic, data, contentType, [.. properties]), Sample.Noon);
    }
}

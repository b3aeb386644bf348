using CsCheck;
using Sensing.Marine.Ais;
using Sensing.Marine.Nmea;
using Sensing.Marine.Tests.Nmea;

namespace Sensing.Marine.Tests.Ais;

public sealed class AisReceiverTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly AisReceiver _receiver = new();

    [Fact]
    public void A_position_report_has_the_fields_that_were_sent() => Gen.Select(
        Gen.Select(Gen.Int[1, 3], Gen.Int[0, 999_999_999], Gen.Int[0, 15], Gen.Int[-128, 127], Gen.Int[0, 1023]),
        Gen.Select(Gen.Int[-108_600_000, 108_600_000], Gen.Int[-54_600_000, 54_600_000], Gen.Int[0, 3600], Gen.Int[0, 511], Gen.Int[0, 63]))
        .Sample((who, where) =>
        {
            (int type, int mmsi, int status, int turn, int speed) = who;
            (int lon, int lat, int course, int heading, int second) = where;
            AisEncoding sent = AisEncoding.Header(type, mmsi).Add(status, 4).Add(turn, 8).Add(speed, 10).Add(1, 1)
                .Add(lon, 28).Add(lat, 27).Add(course, 12).Add(heading, 9).Add(second, 6).Add(2, 2).Add(0, 3).Add(1, 1).Add(0, 19);
            var receiver = new AisReceiver();
            Assert.Equal(AisOutcome.Message, Take(receiver, sent.Sentences()[0]));
            AisMessage m = receiver.Message;
            Assert.Equal(
                (type, mmsi, status, turn, speed, lon, lat, course, heading, second, 2, 1, 1),
                (m.Type, m.Mmsi, m.Status, m.Turn, m.Speed, m.Lon, m.Lat, m.Course, m.Heading, m.Second, m.Maneuver, m.Raim, m.Accuracy));
        }, threads: 1);

    [Fact]
    public void Parts_in_any_order_and_of_any_length_make_the_message() => Gen.Select(
        Gen.Int[8, 70], Gen.Int[0, 1000], Gen.String[Gen.Char['A', 'Z'], 0, 20], Gen.Int[0, 9]).Sample((characters, seed, name, sequence) =>
        {
            string[] parts = AisEncoding.Voyage(211_000_001, name, "HAMBURG ").Sentences(characters, sequence);
            new Random(seed).Shuffle(parts);
            var receiver = new AisReceiver();
            if (parts.Length > 9)
            {
                return;
            }

            Assert.All(parts[..^1], part => Assert.Equal(AisOutcome.Pending, Take(receiver, part)));
            Assert.Equal(AisOutcome.Message, Take(receiver, parts[^1]));
            Assert.Equal((name, "HAMBURG", 100, 71), (
                receiver.Message.Name.ToString(), receiver.Message.Destination.ToString(), receiver.Message.ToBow, receiver.Message.Draught));
        }, threads: 1);

    [Fact]
    public void Messages_under_one_number_on_two_channels_do_not_mix()
    {
        string[] a = AisEncoding.Voyage(1, "ALPHA", "").Sentences(channel: "A");
        string[] b = AisEncoding.Voyage(2, "BRAVO", "").Sentences(channel: "B");
        Assert.Equal(AisOutcome.Pending, Take(_receiver, a[0]));
        Assert.Equal(AisOutcome.Pending, Take(_receiver, b[0]));
        Assert.Equal(AisOutcome.Message, Take(_receiver, b[1]));
        Assert.Equal("BRAVO", _receiver.Message.Name.ToString());
        Assert.Equal(AisOutcome.Message, Take(_receiver, a[1]));
        Assert.Equal("ALPHA", _receiver.Message.Name.ToString());
    }

    [Fact]
    public void A_part_that_comes_too_late_does_not_complete_a_message()
    {
        string[] parts = AisEncoding.Voyage(1, "ALPHA", "").Sentences();
        Take(_receiver, parts[0]);
        Assert.Equal(AisOutcome.Pending, Take(_receiver, parts[1], Start.AddSeconds(AisReceiver.PartSeconds + 1)));
        Assert.Equal(1, _receiver.PartsGivenUp);
        _receiver.GiveUpAll();
        Assert.Equal(2, _receiver.PartsGivenUp);
    }

    [Fact]
    public void The_same_first_part_again_begins_the_message_anew()
    {
        string[] old = AisEncoding.Voyage(1, "OLD", "").Sentences(), other = AisEncoding.Voyage(2, "NEW", "").Sentences();
        Take(_receiver, old[0]);
        Take(_receiver, other[0]);
        Assert.Equal(1, _receiver.PartsGivenUp);
        Assert.Equal(AisOutcome.Message, Take(_receiver, other[1]));
        Assert.Equal(2, _receiver.Message.Mmsi);
    }

    [Fact]
    public void First_parts_without_end_take_bounded_room_and_are_all_counted()
    {
        for (int i = 0; i < 1000; i++)
        {
            string[] parts = AisEncoding.Voyage(i, "X", "").Sentences(sequence: i % 10, channel: ((char)('A' + (i % 26))).ToString());
            Assert.Equal(AisOutcome.Pending, Take(_receiver, parts[0]));
        }

        _receiver.GiveUpAll();
        Assert.Equal(1000, _receiver.PartsGivenUp);
    }

    [Theory]
    [InlineData("AIVDM,1,1,,A,,0", NmeaRefusal.EmptyPayload)]
    [InlineData("AIVDM,1,1,,A,1,0", NmeaRefusal.TooShort)]
    [InlineData("AIVDM,1,1,,A,13aI8e?P00PGpU:NR6s00?vT2~00,0", NmeaRefusal.Armour)]
    [InlineData("AIVDM,1,1,,A,13aI8e?P00PGpU:NR6s0,0", NmeaRefusal.TooShort)]
    [InlineData("AIVDM,1,1,,A,w3aI8e?P00PGpU:NR6s00?vT2000,0", NmeaRefusal.UnknownType)]
    [InlineData("AIVDM,1,1,,A,03aI8e?P00PGpU:NR6s00?vT2000,0", NmeaRefusal.UnknownType)]
    [InlineData("AIVDM,1,2,,A,13aI8e?P00PGpU:NR6s00?vT2000,0", NmeaRefusal.Fields)]
    [InlineData("AIVDM,1,1,,A,13aI8e?P00PGpU:NR6s00?vT2000,6", NmeaRefusal.Fields)]
    [InlineData("AIVDM,1,1,,A,13aI8e?P00PGpU:NR6s00?vT2000", NmeaRefusal.Fields)]
    [InlineData("AIVDM,1,1", NmeaRefusal.Fields)]
    public void What_cannot_be_a_message_is_refused_by_its_reason(string body, NmeaRefusal reason)
    {
        Assert.Equal(AisOutcome.Refused, Take(_receiver, Sentences.Of(body, '!')));
        Assert.Equal(reason, _receiver.Refusal);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    public void Static_data_with_an_undefined_part_number_are_refused(int part)
    {
        string line = AisEncoding.Header(24, 211_000_001).Add(part, 2).Text("NAME", 20).Add(0, 8).Sentences()[0];
        Assert.Equal(AisOutcome.Refused, Take(_receiver, line));
        Assert.Equal(NmeaRefusal.PartNumber, _receiver.Refusal);
    }

    [Fact]
    public void Part_b_has_the_name_of_part_a_once_that_has_been_heard()
    {
        string partA = AisEncoding.Header(24, 211_000_001).Add(0, 2).Text("NAME", 20).Sentences()[0];
        string partB = AisEncoding.Header(24, 211_000_001).Add(1, 2).Add(37, 8).Text("SRT", 3).Add(0, 24).Text("DK7547", 7)
            .Add(8, 9).Add(3, 9).Add(3, 6).Add(1, 6).Add(0, 6).Sentences()[0];
        Take(_receiver, partB);
        Assert.Equal("", _receiver.Message.Name.ToString());
        Take(_receiver, partA);
        Assert.Equal(AisOutcome.Message, Take(_receiver, partB));
        Assert.Equal(("NAME", "DK7547", 37, 8), (
            _receiver.Message.Name.ToString(), _receiver.Message.CallSign.ToString(), _receiver.Message.ShipType, _receiver.Message.ToBow));
    }

    [Fact]
    public void Saved_and_loaded_between_two_parts_it_completes_the_message()
    {
        string[] parts = AisEncoding.Voyage(1, "ALPHA", "").Sentences();
        Take(_receiver, parts[0]);
        using var state = new MemoryStream();
        using (var writer = new BinaryWriter(state, System.Text.Encoding.UTF8, leaveOpen: true))
        {
            _receiver.Save(writer);
        }

        state.Position = 0;
        var other = new AisReceiver();
        other.Load(new BinaryReader(state));
        Assert.Equal(AisOutcome.Message, Take(other, parts[1]));
        Assert.Equal("ALPHA", other.Message.Name.ToString());
    }

    [Fact]
    public void Decoding_allocates_nothing()
    {
        byte[][] lines = [.. AisEncoding.Voyage(1, "ALPHA", "X").Sentences()
            .Append("!AIVDM,1,1,,B,13aI8e?P00PGpU:NR6s00?vT2000,0*68").Select(Sentences.Bytes)];
        Round();
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 100; i++)
        {
            Round();
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);

        void Round()
        {
            foreach (byte[] line in lines)
            {
                if (NmeaSentence.Read(line, out NmeaSentence sentence) == NmeaRefusal.None)
                {
                    _receiver.Take(in sentence, Start);
                }
            }
        }
    }

    private static AisOutcome Take(AisReceiver receiver, string line, DateTimeOffset? time = null)
    {
        Assert.Equal(NmeaRefusal.None, NmeaSentence.Read(Sentences.Bytes(line), out NmeaSentence sentence));
        return receiver.Take(in sentence, time ?? Start);
    }
}

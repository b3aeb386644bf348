using System.Security.Cryptography;
using System.Text;
using CsCheck;
using Sensing.Events;

namespace Sensing.Tests.Events;

public class EventIdTests
{
    private static readonly DateTimeOffset Noon = new(2026, 1, 2, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void The_id_is_the_event_time_and_a_sha256_over_the_four_parts()
    {
        byte[] hash = SHA256.HashData(Encoding.UTF8.GetBytes($"s\0t\0{Noon.UtcTicks}\0k"));

        // 2026-01-02 12:00 UTC is 1,767,355,200 s after 1970 (date -u -d 2026-01-02T12:00 +%s).
        Assert.Equal($"{1_767_355_200_000:x12}{Convert.ToHexStringLower(hash)[..20]}", EventId.Create("s", "t", Noon, "k"));
    }

    [Fact]
    public void Ids_of_later_events_come_later() => Gen.Select(Gen.Long[0, 250L * 365 * 86_400_000], Gen.Long[1, 1_000_000_000]).Sample((first, gap) =>
    {
        DateTimeOffset time = DateTimeOffset.UnixEpoch.AddMilliseconds(first);
        return string.CompareOrdinal(EventId.Create("s", "t", time, "k"), EventId.Create("s", "t", time.AddMilliseconds(gap), "k")) < 0;
    });

    [Fact]
    public void Any_instant_has_an_id()
    {
        DateTimeOffset[] instants = [DateTimeOffset.MinValue, DateTimeOffset.UnixEpoch.AddTicks(-1), DateTimeOffset.UnixEpoch, DateTimeOffset.MaxValue];

        Assert.All(instants, instant => Assert.Matches("^[0-9a-f]{32}\\z", EventId.Create("s", "t", instant, "")));
    }

    [Fact]
    public void The_same_instant_in_another_offset_gives_the_same_id() =>
        Assert.Equal(EventId.Create("s", "t", Noon, "k"), EventId.Create("s", "t", Noon.ToOffset(TimeSpan.FromHours(5)), "k"));

    [Fact]
    public void Different_facts_get_different_ids() => Gen.Select(Gen.String[Gen.Char.AlphaNumeric, 0, 6], Gen.String[Gen.Char.AlphaNumeric, 0, 6], Gen.Long[0, 1000])
        .Array[2].Sample(facts =>
        {
            string[] ids = [.. facts.Select(f => EventId.Create(f.Item1, "t", Noon.AddTicks(f.Item3), f.Item2))];
            return (ids[0] == ids[1]) == (facts[0] == facts[1]);
        });
}

using System.Security.Cryptography;
using System.Text;
using CsCheck;
using Sensing.Events;

namespace Sensing.Tests.Events;

public class EventIdTests
{
    private static readonly DateTimeOffset Noon = new(2026, 1, 2, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void The_id_is_the_first_half_of_a_sha256_over_the_four_parts()
    {
        byte[] expected = SHA256.HashData(Encoding.UTF8.GetBytes($"s\0t\0{Noon.UtcTicks}\0k"));

        Assert.Equal(Convert.ToHexStringLower(expected)[..32], EventId.Create("s", "t", Noon, "k"));
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

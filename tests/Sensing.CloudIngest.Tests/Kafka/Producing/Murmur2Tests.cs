using System.Text;
using CsCheck;
using Sensing.CloudIngest.Log.Kafka.Producing;

namespace Sensing.CloudIngest.Tests.Kafka.Producing;

/// <summary>The values are those of Kafka's own UtilsTest.testMurmur2.</summary>
public class Murmur2Tests
{
    [Theory]
    [InlineData("21", -973932308)]
    [InlineData("foobar", -790332482)]
    [InlineData("a-little-bit-long-string", -985981536)]
    [InlineData("a-little-bit-longer-string", -1486304829)]
    [InlineData("lkjh234lh9fiuh90y23oiuhsafujhadof229phr9h19h89h8", -58897971)]
    [InlineData("abc", 479470107)]
    public void A_key_has_the_hash_that_Kafka_gives_it(string key, int hash) => Assert.Equal(hash, (int)Murmur2.Of(Encoding.UTF8.GetBytes(key)));

    [Fact]
    public void Every_key_belongs_to_a_partition_that_there_is() =>
        Gen.Select(Gen.Byte.Array[0, 40], Gen.Int[1, 1000]).Sample((key, partitions) => Assert.InRange(Murmur2.Partition(key, partitions), 0, partitions - 1));

    /// <summary>As Kafka does it: the sign is cut off, not turned round.</summary>
    [Fact]
    public void A_negative_hash_loses_its_sign() => Assert.Equal((-973932308 & int.MaxValue) % 7, Murmur2.Partition("21"u8, 7));
}

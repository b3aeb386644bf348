using CsCheck;
using Sensing.CloudIngest.Log.Kafka.Producing;

namespace Sensing.CloudIngest.Tests.Kafka.Producing;

public class Crc32CTests
{
    [Fact]
    public void The_check_value_of_the_catalogue_comes_out()
    {
        Assert.Equal(0xe3069283, Crc32C.Of("123456789"u8));
        Assert.Equal(0u, Crc32C.Of([]));
    }

    [Fact]
    public void Eight_bytes_at_a_time_are_as_bit_by_bit() =>
        Gen.Byte.Array[0, 100].Sample(bytes => Assert.Equal(WireBatch.SlowCrc32C(bytes), Crc32C.Of(bytes)));
}

using CsCheck;
using Sensing.CloudIngest.Log.Kafka.Producing;

namespace Sensing.CloudIngest.Tests.Kafka.Producing;

public class VarintTests
{
    [Theory]
    [InlineData(0, "00")]
    [InlineData(-1, "01")]
    [InlineData(1, "02")]
    [InlineData(63, "7E")]
    [InlineData(-64, "7F")]
    [InlineData(64, "8001")]
    [InlineData(300, "D804")]
    [InlineData(long.MaxValue, "FEFFFFFFFFFFFFFFFF01")]
    [InlineData(long.MinValue, "FFFFFFFFFFFFFFFFFF01")]
    public void A_number_takes_the_bytes_of_its_zigzag(long value, string bytes) => Assert.Equal(bytes, Convert.ToHexString(Written(value)));

    [Fact]
    public void A_number_is_as_long_as_foretold_and_reads_back() => Gen.Select(Gen.Long, Gen.Int[0, 63]).Sample((wide, shift) =>
    {
        // Of every length, not only the longest.
        long value = wide >> shift;
        byte[] written = Written(value);
        var reader = new WireReader(written);
        Assert.Equal(written.Length, Varint.Size(value));
        Assert.Equal(value, reader.Varint());
        Assert.Equal(0, reader.Left);
    });

    private static byte[] Written(long value)
    {
        byte[] target = new byte[10];
        int at = 0;
        Varint.Write(target, ref at, value);
        return target[..at];
    }
}

namespace Sensing.Das.Tests.Chain;

public sealed class SnapshotTests
{
    [Fact]
    public void A_state_of_another_version_is_refused()
    {
        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream);
        writer.Write("das-0");
        stream.Position = 0;
        using var reader = new BinaryReader(stream);
        var pipeline = new DasPipeline(ChainFixture.Options, ChainFixture.Address);
        Assert.Throws<InvalidDataException>(() => pipeline.Load(reader));
    }
}

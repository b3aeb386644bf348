using CsCheck;
using Sensing.Models;

namespace Sensing.Tests.Models;

public sealed class ModelChoiceTests
{
    private static readonly ModelDescription[] Models =
    [
        Model("detector", "1.9"), Model("detector", "1.10"), Model("detector", "1.2.3"), Model("detector", "nightly"), Model("counter", "2"),
    ];

    [Fact]
    public void Versions_are_compared_number_by_number() => Assert.Equal(
        ["counter 2", "detector 1.10", "detector 1.9", "detector 1.2.3", "detector nightly"],
        ModelChoice.Ordered(Models).Select(model => $"{model.Name} {model.Version}"));

    [Fact]
    public void The_newest_is_chosen_unless_a_version_or_a_digest_is_asked_for()
    {
        Assert.Equal("1.10", ModelChoice.Of(Models, new ModelReference("detector"))?.Version);
        Assert.Equal("1.9", ModelChoice.Of(Models, new ModelReference("detector", "1.9"))?.Version);
        Assert.Equal("nightly", ModelChoice.Of(Models, new ModelReference("detector", Digest: Digest("nightly").ToUpperInvariant()))?.Version);
        Assert.Null(ModelChoice.Of(Models, new ModelReference("detector", "1.9", Digest("1.10"))));
        Assert.Null(ModelChoice.Of(Models, new ModelReference("detector", "1.1")));
        Assert.Null(ModelChoice.Of(Models, new ModelReference("Detector")));
    }

    [Fact]
    public void The_order_is_the_one_of_the_numbers() => Gen.Select(Gen.Int[0, 99], Gen.Int[0, 99], Gen.Int[0, 99]).Array[1, 10].Sample(numbers =>
    {
        IEnumerable<ModelDescription> models = numbers.Select(n => Model("a", $"{n.Item1}.{n.Item2}.{n.Item3}"));
        Assert.Equal(
            numbers.OrderDescending().Select(n => $"{n.Item1}.{n.Item2}.{n.Item3}"),
            ModelChoice.Ordered(models).Select(model => model.Version));
    });

    private static ModelDescription Model(string name, string version) => new(name, version, Digest(version), 1);

    private static string Digest(string version) =>
        Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(version)));
}

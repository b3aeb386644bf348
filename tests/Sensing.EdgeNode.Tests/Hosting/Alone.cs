namespace Sensing.EdgeNode.Tests.Hosting;

/// <summary>Tests that want the machine for themselves run one after the other, when all others are done.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class Alone
{
    public const string Name = "alone";
}

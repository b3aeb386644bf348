using Sensing.EdgeNode.Commands;

namespace Sensing.EdgeNode.TestNode;

/// <summary>Entry point of <c>test-node</c>: edge-node's commands over <see cref="NumberCatalogue"/>.</summary>
public static class Program
{
    public static Task<int> Main(string[] args) => EdgeNodeCommand.RunAsync(NumberCatalogue.Create(), args);
}

using Sensing.EdgeNode.Commands;

namespace Sensing.EdgeNode;

/// <summary>Entry point of <c>edge-node</c>.</summary>
public static class Program
{
    public static Task<int> Main(string[] args) => EdgeNodeCommand.RunAsync(NodeCatalogue.Create(), args);
}

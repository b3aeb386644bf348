using Sensing.EdgeNode;
using Sensing.Standalone.Commands;

namespace Sensing.Standalone;

/// <summary>Entry point of <c>standalone</c>: everything in one process.</summary>
public static class Program
{
    public static Task<int> Main(string[] args) => StandaloneProgram.RunAsync(NodeCatalogue.Create(), args);
}

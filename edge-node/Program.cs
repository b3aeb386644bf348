namespace Sensing.EdgeNode;

/// <summary>Entry point of <c>edge-node</c>.</summary>
public static class Program
{
    public static int Main(string[] args)
    {
        Console.Error.WriteLine("edge-node: commands are under construction.");
        return 64;
    }
}

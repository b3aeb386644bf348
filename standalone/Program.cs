namespace Sensing.Standalone;

/// <summary>Entry point of <c>standalone</c>.</summary>
public static class Program
{
    public static int Main(string[] args)
    {
        Console.Error.WriteLine("standalone: commands are under construction.");
        return 64;
    }
}

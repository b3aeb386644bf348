namespace Sensing.CloudIngest;

/// <summary>Entry point of <c>cloud-ingest</c>.</summary>
public static class Program
{
    public static int Main(string[] args)
    {
        Console.Error.WriteLine("cloud-ingest: commands are under construction.");
        return 64;
    }
}

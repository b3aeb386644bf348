namespace Sensing.Dashboards;

/// <summary>Entry point of <c>dashboards</c>.</summary>
public static class Program
{
    public static int Main(string[] args)
    {
        Console.Error.WriteLine("dashboards: commands are under construction.");
        return 64;
    }
}

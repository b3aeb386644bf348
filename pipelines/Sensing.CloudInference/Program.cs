namespace Sensing.CloudInference;

/// <summary>Entry point of <c>cloud-inference</c>.</summary>
public static class Program
{
    public static Task<int> Main(string[] args) => InferenceCommand.RunAsync(args);
}

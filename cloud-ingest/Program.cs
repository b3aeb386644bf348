using Sensing.CloudIngest.Commands;

namespace Sensing.CloudIngest;

/// <summary>Entry point of <c>cloud-ingest</c>.</summary>
public static class Program
{
    public static Task<int> Main(string[] args) => CloudIngestCommand.RunAsync(CloudCatalogue.Create(), args, CloudCatalogue.Trainings());
}

using Sensing.Configuration;

namespace Sensing.EdgeNode.Configuration;

/// <summary>Models that the cloud tier publishes: announced by the broker, fetched over HTTP.</summary>
public sealed record ModelFetchOptions : ICheckedOptions
{
    [Option("Address of the cloud tier's query API. Files are fetched from there only, whatever a manifest says.", Required = true, Min = 1, Example = "\"https://cloud.example:8080\"")]
    public string Server { get; init; } = "";

    [Option("Names of the models to fetch, as the options of pipelines name them.", Required = true, Min = 1)]
    public string[] Names { get; init; } = [];

    [Option("File whose first line is a key of the query API; read at each request. Only the node should be able to read it.", Min = 1)]
    public string? ApiKeyFile { get; init; }

    [Option("PEM file of the authority that signed the server's certificate. Default: the system's authorities.", Min = 1)]
    public string? CaFile { get; init; }

    [Option("Maximum bytes of a model; larger ones are refused before they are fetched.", Min = 1024, Max = 1_073_741_824)]
    public long MaxBytes { get; init; } = 16 * 1024 * 1024;

    [Option("A download that brings nothing for this long is begun again where it stopped, s.", Above = 0, Max = 3600)]
    public double SilenceSeconds { get; init; } = 30;

    [Option("Waiting between attempts to fetch a model.")]
    public BackoffOptions Backoff { get; init; } = new() { InitialSeconds = 2, MaxSeconds = 300 };

    public IEnumerable<ConfigurationProblem> Check()
    {
        if (!Uri.TryCreate(Server, UriKind.Absolute, out Uri? uri) || uri.Scheme is not ("http" or "https"))
        {
            yield return new ConfigurationProblem("server", $"'{Server}' is not an address of a server: it must look like https://cloud.example:8080");
        }
        else if (CaFile is not null && uri.Scheme != "https")
        {
            yield return new ConfigurationProblem("caFile", "has no use: the server's address is http");
        }

        for (int i = 0; i < Names.Length; i++)
        {
            if (Names[i].Length is 0 or > 64 || Names[i].Any(letter => letter is not ((>= 'a' and <= 'z') or (>= '0' and <= '9') or '.' or '-')))
            {
                yield return new ConfigurationProblem($"names[{i}]", $"'{Names[i]}' is not a name of a model: use 1 to 64 of a-z, 0-9, '.' and '-'");
            }
        }
    }
}

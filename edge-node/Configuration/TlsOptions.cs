using Sensing.Configuration;

namespace Sensing.EdgeNode.Configuration;

/// <summary>TLS towards the broker. The files are read again for every connection, so renewed ones need no restart.</summary>
public sealed record TlsOptions : ICheckedOptions
{
    [Option("Encrypt the connection and check the broker's certificate.")]
    public bool Enabled { get; init; }

    [Option("PEM file of the authority that signed the broker's certificate. Default: the system's authorities.")]
    public string? CaFile { get; init; }

    [Option("PEM file of the node's own certificate (its common name is the node's name).")]
    public string? CertificateFile { get; init; }

    [Option("PEM file of the certificate's key.")]
    public string? KeyFile { get; init; }

    public IEnumerable<ConfigurationProblem> Check()
    {
        if (CertificateFile is null != KeyFile is null)
        {
            yield return new ConfigurationProblem(
                CertificateFile is null ? "certificateFile" : "keyFile", "certificateFile and keyFile go together: give both or neither");
        }

        if (!Enabled && (CaFile ?? CertificateFile ?? KeyFile) is not null)
        {
            yield return new ConfigurationProblem("enabled", "is false while files are given: set it to true or remove them");
        }
    }
}

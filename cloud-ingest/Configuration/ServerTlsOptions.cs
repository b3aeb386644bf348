using Sensing.Configuration;

namespace Sensing.CloudIngest.Configuration;

/// <summary>A server's certificate. Files are read again when they change, so a renewal needs no restart.</summary>
public sealed record ServerTlsOptions : ICheckedOptions
{
    [Option("Certificate with its chain, PEM.", Required = true)]
    public string CertificateFile { get; init; } = "";

    [Option("Private key of the certificate, PEM, not encrypted.", Required = true)]
    public string KeyFile { get; init; } = "";

    [Option("Certificates of the authorities whose client certificates are requested and accepted, PEM. The common name of a client's certificate is its user name; a certificate for servers is not accepted.")]
    public string? ClientCaFile { get; init; }

    [Option("Revocation lists of those authorities, PEM; a client whose certificate, or whose authority, is in one is refused. Read again when it changes.")]
    public string? ClientCrlFile { get; init; }

    public IEnumerable<ConfigurationProblem> Check()
    {
        if (ClientCrlFile is not null && ClientCaFile is null)
        {
            yield return new ConfigurationProblem("clientCrlFile", "has no use without clientCaFile, which names the authorities");
        }
    }
}

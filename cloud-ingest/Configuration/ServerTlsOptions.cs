using Sensing.Configuration;

namespace Sensing.CloudIngest.Configuration;

/// <summary>A server's certificate. Files are read again when they change, so a renewal needs no restart.</summary>
public sealed record ServerTlsOptions
{
    [Option("Certificate with its chain, PEM.", Required = true)]
    public string CertificateFile { get; init; } = "";

    [Option("Private key of the certificate, PEM, not encrypted.", Required = true)]
    public string KeyFile { get; init; } = "";

    [Option("Certificates of the authorities whose client certificates are requested and accepted, PEM. The common name of a client's certificate is its user name.")]
    public string? ClientCaFile { get; init; }
}

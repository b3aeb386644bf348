using Sensing.Configuration;

namespace Sensing.CloudIngest.Configuration;

/// <summary>Encryption towards a server.</summary>
public sealed record ClientTlsOptions : ICheckedOptions
{
    [Option("Certificates of the authorities to trust instead of the system's, PEM.")]
    public string? CaFile { get; init; }

    [Option("Own certificate with its chain, PEM.")]
    public string? CertificateFile { get; init; }

    [Option("Private key of the own certificate, PEM, not encrypted.")]
    public string? KeyFile { get; init; }

    public IEnumerable<ConfigurationProblem> Check()
    {
        if (CertificateFile is null != KeyFile is null)
        {
            yield return new ConfigurationProblem(CertificateFile is null ? "certificateFile" : "keyFile", "is missing: a certificate and its key go together");
        }
    }
}

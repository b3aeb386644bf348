using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace Sensing.CloudIngest.Configuration;

/// <summary>A server's certificate from PEM files, read again when the files change; a broken renewal leaves the certificate before in use.</summary>
public sealed class ReloadedCertificates
{
    private readonly ServerTlsOptions _options;
    private readonly Lock _lock = new();
    private (DateTime Certificate, DateTime Key, DateTime Authorities, DateTime Revoked) _read;
    private SslStreamCertificateContext _context;
    private X509Certificate2Collection? _authorities;
    private RevocationList? _revoked;

    /// <exception cref="IOException">A file cannot be read, or is no certificate or key.</exception>
    public ReloadedCertificates(ServerTlsOptions options)
    {
        _options = options;
        try
        {
            (_context, _authorities, _revoked) = Read();
        }
        catch (Exception error) when (error is not IOException && IsUnusable(error))
        {
            throw new IOException($"{options.CertificateFile} and {options.KeyFile} are not a usable certificate: {error.Message}", error);
        }

        _read = Times();
    }

    /// <summary>Options of one handshake. Client certificates are asked for and checked where a client CA is configured.</summary>
    public SslServerAuthenticationOptions ServerOptions()
    {
        lock (_lock)
        {
            Refresh();
            X509Certificate2Collection? authorities = _authorities;
            RevocationList? revoked = _revoked;
            return new SslServerAuthenticationOptions
            {
                ServerCertificateContext = _context,
                ClientCertificateRequired = authorities is not null,
                CertificateChainPolicy = authorities is null ? null : Policy(authorities),
                RemoteCertificateValidationCallback = authorities is null
                    ? null
                    : (_, certificate, chain, errors) => certificate is not null && errors == SslPolicyErrors.None
                        && (revoked is null || (chain is not null && chain.ChainElements.All(element => !revoked.Contains(element.Certificate)))),
            };
        }
    }

    /// <summary>Whether this is what files that are missing, unreadable or no certificates lead to. A key of another certificate is an ArgumentException.</summary>
    private static bool IsUnusable(Exception error) =>
        error is System.Security.Cryptography.CryptographicException or ArgumentException or FormatException or IOException or UnauthorizedAccessException;

    private static X509ChainPolicy Policy(X509Certificate2Collection authorities)
    {
        var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        policy.CustomTrustStore.AddRange(authorities);
        return policy;
    }

    private void Refresh()
    {
        (DateTime, DateTime, DateTime, DateTime) now = Times();
        if (now == _read)
        {
            return;
        }

        try
        {
            (_context, _authorities, _revoked) = Read();
            _read = now;
        }
        catch (Exception error) when (IsUnusable(error))
        {
            // A renewal under way: certificate and key do not fit yet. The next handshake looks again.
        }
    }

    private (DateTime, DateTime, DateTime, DateTime) Times() => (
        File.GetLastWriteTimeUtc(_options.CertificateFile),
        File.GetLastWriteTimeUtc(_options.KeyFile),
        _options.ClientCaFile is { } file ? File.GetLastWriteTimeUtc(file) : default,
        _options.ClientCrlFile is { } list ? File.GetLastWriteTimeUtc(list) : default);

    private (SslStreamCertificateContext Context, X509Certificate2Collection? Authorities, RevocationList? Revoked) Read()
    {
        var certificate = X509Certificate2.CreateFromPemFile(_options.CertificateFile, _options.KeyFile);
        var chain = new X509Certificate2Collection();
        chain.ImportFromPemFile(_options.CertificateFile);
        X509Certificate2Collection? authorities = null;
        if (_options.ClientCaFile is { } file)
        {
            authorities = [];
            authorities.ImportFromPemFile(file);
        }

        RevocationList? revoked = _options.ClientCrlFile is { } list && authorities is not null ? RevocationList.Read(File.ReadAllText(list), authorities) : null;
        return (SslStreamCertificateContext.Create(certificate, chain, offline: true), authorities, revoked);
    }
}

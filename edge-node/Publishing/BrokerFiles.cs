using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using MQTTnet;
using Sensing.EdgeNode.Configuration;

namespace Sensing.EdgeNode.Publishing;

/// <summary>Certificates and password from their files, read for every connection so that renewed ones are used.</summary>
internal sealed class BrokerFiles(MqttOptions options, string baseDirectory)
{
    private const string ServerAuthentication = "1.3.6.1.5.5.7.3.1";

    /// <exception cref="ConnectionRefusedException">The file cannot be read.</exception>
    public byte[]? Password() => options.PasswordFile is { } file
        ? Encoding.UTF8.GetBytes(Read(file, path => File.ReadAllText(path)).TrimEnd('\r', '\n'))
        : null;

    /// <exception cref="ConnectionRefusedException">A file cannot be read or holds no certificate.</exception>
    public MqttClientTlsOptions Tls()
    {
        var builder = new MqttClientTlsOptionsBuilder().WithTargetHost(options.Host);
        if (options.Tls is { CertificateFile: { } certificate, KeyFile: { } key })
        {
            X509Certificate2 own = Read(certificate, path => X509Certificate2.CreateFromPemFile(path, Full(key)));
            builder.WithClientCertificates([own]);
        }

        if (options.Tls.CaFile is { } caFile)
        {
            var authorities = new X509Certificate2Collection();
            Read(caFile, path =>
            {
                authorities.ImportFromPemFile(path);
                return authorities.Count > 0 ? authorities : throw new CryptographicException("it holds no certificate");
            });
            builder.WithCertificateValidationHandler(presented => IsSignedBy(authorities, presented));
        }

        return builder.Build();
    }

    /// <summary>Changes whenever one of the files does.</summary>
    public string Stamp() => string.Join('|', new[] { options.PasswordFile, options.Tls.CaFile, options.Tls.CertificateFile, options.Tls.KeyFile }
        .OfType<string>().Select(file => File.GetLastWriteTimeUtc(Full(file)).Ticks));

    private static bool IsSignedBy(X509Certificate2Collection authorities, MqttClientCertificateValidationEventArgs presented)
    {
        if ((presented.SslPolicyErrors & ~SslPolicyErrors.RemoteCertificateChainErrors) != 0)
        {
            // Another name than the configured host, or no certificate at all.
            return false;
        }

        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.AddRange(authorities);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.ApplicationPolicy.Add(new Oid(ServerAuthentication));
        foreach (X509ChainElement element in presented.Chain?.ChainElements ?? Enumerable.Empty<X509ChainElement>())
        {
            chain.ChainPolicy.ExtraStore.Add(element.Certificate);
        }

        return chain.Build(X509CertificateLoader.LoadCertificate(presented.Certificate.GetRawCertData()));
    }

    private string Full(string file) => Path.GetFullPath(file, baseDirectory);

    private T Read<T>(string file, Func<string, T> read)
    {
        string path = Full(file);
        try
        {
            return read(path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or CryptographicException or ArgumentException)
        {
            throw new ConnectionRefusedException($"{path} cannot be used: {error.Message}", error);
        }
    }
}

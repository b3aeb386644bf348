using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Sensing.CloudIngest.Configuration;
using Sensing.CloudIngest.Log.Kafka;
using Sensing.Testing;

namespace Sensing.CloudIngest.Tests.Kafka;

public sealed class KafkaFilesTests : IDisposable
{
    private static readonly DateTime Start = new(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    private readonly TemporaryFolder _folder = new();
    private int _written;

    [Fact]
    public void A_renewal_counts_once_certificate_and_key_fit_each_other()
    {
        KafkaFiles files = Files();
        Assert.False(files.AreRenewed());

        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        Write("own.key", key.ExportPkcs8PrivateKeyPem());
        Assert.False(files.AreRenewed());
        Write("own.pem", "");
        Assert.False(files.AreRenewed());
        Write("own.pem", Certificate(key));
        Assert.True(files.AreRenewed());

        files.Use();
        Assert.False(files.AreRenewed());
    }

    [Fact]
    public void A_password_counts_once_it_is_written()
    {
        KafkaFiles files = Files();
        Write("password", "");
        Assert.False(files.AreRenewed());
        Write("password", "another");
        Assert.True(files.AreRenewed());
    }

    [Fact]
    public void Authorities_that_are_no_certificates_are_not_used()
    {
        KafkaFiles files = Files();
        Write("ca.pem", "nothing");
        Assert.False(files.AreRenewed());
        File.Delete(_folder["ca.pem"]);
        Assert.False(files.AreRenewed());
    }

    public void Dispose() => _folder.Dispose();

    private KafkaFiles Files()
    {
        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        Write("own.key", key.ExportPkcs8PrivateKeyPem());
        Write("own.pem", Certificate(key));
        Write("ca.pem", Certificate(key));
        Write("password", "one");
        var files = new KafkaFiles(new KafkaOptions
        {
            Tls = new ClientTlsOptions { CaFile = _folder["ca.pem"], CertificateFile = _folder["own.pem"], KeyFile = _folder["own.key"] },
            Sasl = new KafkaSaslOptions { User = "sensing", PasswordFile = _folder["password"] },
        });
        files.Use();
        return files;
    }

    /// <summary>Each write has a time of its own, however fast they follow.</summary>
    private void Write(string name, string text)
    {
        File.WriteAllText(_folder[name], text);
        File.SetLastWriteTimeUtc(_folder[name], Start.AddSeconds(++_written));
    }

    private static string Certificate(ECDsa key)
    {
        using X509Certificate2 certificate = new CertificateRequest("CN=cloud-ingest", key, HashAlgorithmName.SHA256).CreateSelfSigned(Start, Start.AddYears(10));
        return certificate.ExportCertificatePem();
    }
}

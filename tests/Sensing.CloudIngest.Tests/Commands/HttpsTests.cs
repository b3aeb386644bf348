using System.Net;
using System.Security.Cryptography.X509Certificates;
using Sensing.CloudIngest.Tests.Support;
using Sensing.Testing;

namespace Sensing.CloudIngest.Tests.Commands;

/// <summary>The query API over HTTPS, in a process of its own.</summary>
public class HttpsTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_renewed_certificate_is_used_without_a_restart_and_a_broken_renewal_leaves_the_one_before()
    {
        using var folder = new TemporaryFolder();
        using var authority = new Certificates("authority");
        using X509Certificate2 first = authority.Issue("before");
        Certificates.Write(first, folder["server.pem"], folder["server.key"]);
        await File.WriteAllTextAsync(folder["cloud.json"], "{}", Cancel);
        await using ProgramProcess program = ProgramProcess.Start("cloud-ingest",
        [
            "run", folder["cloud.json"],
            .. new[]
            {
                $"store.path={folder["cloud.db"]}", "mqtt.embedded.port=0", "http.address=https://127.0.0.1:0",
                $"http.tls.certificateFile={folder["server.pem"]}", $"http.tls.keyFile={folder["server.key"]}",
            }.SelectMany(value => new[] { "--set", value }),
        ]);
        var address = new Uri((await program.WaitForLineAsync(@"The query API is at (\S+)\.$", Cancel)).Groups[1].Value);
        Assert.Equal("https", address.Scheme);
        Assert.Equal("CN=before", await SubjectAsync(address, authority));

        using X509Certificate2 second = authority.Issue("after");
        // The key of another: between the two files of every renewal.
        await File.WriteAllTextAsync(folder["server.pem"], second.ExportCertificatePem(), Cancel);
        Assert.Equal("CN=before", await SubjectAsync(address, authority));
        await File.WriteAllTextAsync(folder["server.pem"], "no certificate", Cancel);
        Assert.Equal("CN=before", await SubjectAsync(address, authority));

        Certificates.Write(second, folder["server.pem"], folder["server.key"]);
        Assert.Equal("CN=after", await SubjectAsync(address, authority));
        using var stranger = new Certificates("stranger");
        await Assert.ThrowsAsync<HttpRequestException>(() => SubjectAsync(address, stranger));
    }

    /// <summary>Reads something over a new connection; whose certificate the server has shown, checked against <paramref name="authority"/>.</summary>
    private static async Task<string> SubjectAsync(Uri address, Certificates authority)
    {
        string subject = "";
        using var handler = new SocketsHttpHandler();
        var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        policy.CustomTrustStore.Add(authority.Authority);
        handler.SslOptions.CertificateChainPolicy = policy;
        handler.SslOptions.RemoteCertificateValidationCallback = (_, certificate, _, errors) =>
        {
            subject = certificate?.Subject ?? "";
            return errors == System.Net.Security.SslPolicyErrors.None;
        };
        using var http = new HttpClient(handler) { BaseAddress = address };
        using HttpResponseMessage answer = await http.GetAsync("/api/v1/streams", Cancel);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return subject;
    }
}

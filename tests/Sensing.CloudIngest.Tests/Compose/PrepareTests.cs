using System.Runtime.Versioning;
using System.Security.Cryptography.X509Certificates;

namespace Sensing.CloudIngest.Tests.Compose;

/// <summary>The script that makes certificates and passwords.</summary>
[SupportedOSPlatform("linux")]
public class PrepareTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_certificate_is_renewed_under_the_same_authority_with_the_names_asked_for_and_the_rest_stays()
    {
        using ShippedCompose shipped = await ShippedCompose.PrepareAsync(Cancel, "cabinet-1");
        using X509Certificate2 before = Read(shipped, "mosquitto.pem");
        Dictionary<string, string> others = Others(shipped);
        Assert.True(before.MatchesHostname("mosquitto"));
        Assert.False(before.MatchesHostname("broker.example"));

        await shipped.RunAsync(["--renew", "mosquitto"], Cancel, "DNS:broker.example,IP:192.0.2.1");

        using X509Certificate2 after = Read(shipped, "mosquitto.pem");
        Assert.NotEqual(before.SerialNumber, after.SerialNumber);
        Assert.All(["mosquitto", "broker.example", "192.0.2.1"], name => Assert.True(after.MatchesHostname(name), name));
        using var withKey = X509Certificate2.CreateFromPemFile(shipped["mosquitto.pem"], shipped["mosquitto.key"]);
        Assert.True(withKey.HasPrivateKey);
        Assert.Equal(others, Others(shipped));
        using X509Certificate2 authority = Read(shipped, "ca.pem");
        foreach ((string name, string use) in new[] { ("mosquitto", "1.3.6.1.5.5.7.3.1"), ("postgres", "1.3.6.1.5.5.7.3.1"), ("kafka", "1.3.6.1.5.5.7.3.1"), ("kafka", "1.3.6.1.5.5.7.3.2"), ("cloud-ingest", "1.3.6.1.5.5.7.3.2"), ("cabinet-1", "1.3.6.1.5.5.7.3.2") })
        {
            using X509Certificate2 certificate = Read(shipped, $"{name}.pem");
            using var chain = new X509Chain();
            chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
            chain.ChainPolicy.CustomTrustStore.Add(authority);
            chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
            chain.ChainPolicy.ApplicationPolicy.Add(new(use));
            Assert.True(chain.Build(certificate), name);
            Assert.Equal($"CN={name}", certificate.Subject);
        }
    }

    [Fact]
    public async Task Nobody_else_on_the_machine_gets_at_the_secrets_and_the_authority_is_not_renewed_by_mistake()
    {
        using ShippedCompose shipped = await ShippedCompose.PrepareAsync(Cancel, "cabinet-1");
        Dictionary<string, string> others = Others(shipped);

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(Path.GetDirectoryName(shipped["ca.key"])!));
        Assert.All(["ca.key", "cabinet-1.key"], name => Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(shipped[name])));
        await shipped.RunAsync(["--renew", "ca"], Cancel, exitCode: 64);
        await shipped.RunAsync(["--renew", "mosquitto"], Cancel, "no name", exitCode: 1);
        Assert.Equal(others, Others(shipped));
    }

    private static X509Certificate2 Read(ShippedCompose shipped, string name) => X509Certificate2.CreateFromPem(File.ReadAllText(shipped[name]));

    /// <summary>Every file but Mosquitto's and the counter of the authority.</summary>
    private static Dictionary<string, string> Others(ShippedCompose shipped) => Directory.GetFiles(Path.GetDirectoryName(shipped["ca.pem"])!)
        .Where(file => !Path.GetFileName(file).StartsWith("mosquitto", StringComparison.Ordinal) && Path.GetExtension(file) != ".srl")
        .ToDictionary(file => file, File.ReadAllText);
}

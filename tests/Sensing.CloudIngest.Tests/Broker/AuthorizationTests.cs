using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using MQTTnet;
using MQTTnet.Protocol;
using Sensing.CloudIngest.Broker;
using Sensing.CloudIngest.Configuration;
using Sensing.CloudIngest.Tests.Support;
using Sensing.Testing;

namespace Sensing.CloudIngest.Tests.Broker;

/// <summary>Who gets in, and what they may do there.</summary>
public class AuthorizationTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("cabinet-1", "sensing/v1/tunnel/cabinet-1/fibre-a/das/vehicle", true)]
    [InlineData("tunnel/cabinet-1", "sensing/v1/tunnel/cabinet-1/status", true)]
    [InlineData("cabinet-1", "sensing/v1/tunnel/cabinet-2/status", false)]
    [InlineData("tunnel/cabinet-1", "sensing/v1/bridge/cabinet-1/status", false)]
    [InlineData("cabinet-1", "sensing/v1/tunnel/cabinet-1", false)]
    [InlineData("cabinet-1", "sensing/v1/tunnel/cabinet-1/#", false)]
    [InlineData("cabinet-1", "sensing/v1/tunnel/+/status", false)]
    [InlineData("cabinet-1", "else/where/tunnel/cabinet-1/status", false)]
    [InlineData("+", "sensing/v1/tunnel/+/status", false)]
    public void A_node_publishes_below_its_own_prefix_only(string name, string topic, bool allowed) =>
        Assert.Equal(allowed, new ClientIdentity(name, false).MayPublish(topic));

    [Theory]
    [InlineData("sensing/v1/tunnel/+/+/traffic/approach", true)]
    [InlineData("sensing/v1/+/+/+/traffic/approach", true)]
    [InlineData("sensing/v1/tunnel/camera-2/north/traffic/approach", true)]
    [InlineData("sensing/v1/tunnel/+/+/traffic/#", false)]
    [InlineData("sensing/v1/tunnel/+/+/traffic/count", false)]
    [InlineData("sensing/v1/tunnel/+/traffic/approach", false)]
    [InlineData("sensing/v1/tunnel/camera-2/north/traffic/approach/x", false)]
    [InlineData("other/a/b/c/d/e/f", true)]
    [InlineData("#", false)]
    public void A_node_reads_what_the_configuration_allows_besides(string filter, bool allowed) => Assert.Equal(
        allowed, new ClientIdentity("cabinet-1", false, "sensing/v1/+/+/+/traffic/approach", "other/#").MaySubscribe(filter));

    [Theory]
    [InlineData("sensing/v1/tunnel/cabinet-1/#", true)]
    [InlineData("sensing/v1/#", false)]
    [InlineData("#", false)]
    [InlineData("$share/group/sensing/v1/tunnel/cabinet-1/#", false)]
    [InlineData("sensing/v1/+/cabinet-1/status", false)]
    public void A_node_hears_itself_only_and_an_observer_everything(string filter, bool node)
    {
        Assert.Equal(node, new ClientIdentity("cabinet-1", false).MaySubscribe(filter));
        Assert.True(new ClientIdentity("watcher", true).MaySubscribe(filter));
        Assert.False(new ClientIdentity("watcher", true).MayPublish("sensing/v1/a/watcher/status"));
    }

    [Fact]
    public async Task Without_the_right_password_nobody_gets_in()
    {
        using var folder = new TemporaryFolder();
        await using RunningCloud cloud = await WithPasswordsAsync(folder, "cabinet-1");

        using IMqttClient right = await ConnectAsync(cloud, "cabinet-1", "secret of cabinet-1");
        await Assert.ThrowsAnyAsync<Exception>(() => ConnectAsync(cloud, "cabinet-1", "wrong"));
        await Assert.ThrowsAnyAsync<Exception>(() => ConnectAsync(cloud, "nobody", "secret of cabinet-1"));
        await Assert.ThrowsAnyAsync<Exception>(() => Mqtt.ConnectAsync(cloud.MqttPort, Cancel));
        Assert.Equal(MqttClientPublishReasonCode.Success, (await right.PublishAsync(Mqtt.Message(Sample.Vehicle(Sample.Noon)), Cancel)).ReasonCode);
    }

    [Fact]
    public async Task A_publish_for_another_node_is_refused_told_and_not_stored()
    {
        using var folder = new TemporaryFolder();
        await using RunningCloud cloud = await WithPasswordsAsync(folder, "cabinet-2");
        using IMqttClient client = await ConnectAsync(cloud, "cabinet-2", "secret of cabinet-2");

        MqttClientPublishResult refused = await client.PublishAsync(Mqtt.Message(Sample.Vehicle(Sample.Noon)), Cancel);

        Assert.Equal(MqttClientPublishReasonCode.NotAuthorized, refused.ReasonCode);
        Assert.Empty(await cloud.AllAsync(Cancel));
        Assert.Empty(await cloud.Store.ReadDeadLettersAsync(10, Cancel));
    }

    [Fact]
    public async Task A_last_will_for_another_node_is_refused_with_its_connection()
    {
        using var folder = new TemporaryFolder();
        await using RunningCloud cloud = await WithPasswordsAsync(folder, "cabinet-2");

        await Assert.ThrowsAnyAsync<Exception>(() => Mqtt.ConnectAsync(cloud.MqttPort, Cancel, options => options
            .WithCredentials("cabinet-2", "secret of cabinet-2").WithWillTopic("sensing/v1/tunnel/cabinet-1/status").WithWillPayload("{}")));
    }

    [Fact]
    public async Task A_subscription_beyond_its_own_is_refused_and_an_observer_has_it()
    {
        using var folder = new TemporaryFolder();
        await using RunningCloud cloud = await WithPasswordsAsync(folder, "cabinet-1", "watcher");
        using IMqttClient node = await ConnectAsync(cloud, "cabinet-1", "secret of cabinet-1");
        using IMqttClient watcher = await ConnectAsync(cloud, "watcher", "secret of watcher");

        Assert.Equal(MqttClientSubscribeResultCode.NotAuthorized, await SubscribeAsync(node));
        Assert.Equal(MqttClientSubscribeResultCode.GrantedQoS1, await SubscribeAsync(watcher));
    }

    [Fact]
    public async Task A_session_cannot_be_taken_over_by_another_user()
    {
        using var folder = new TemporaryFolder();
        await using RunningCloud cloud = await WithPasswordsAsync(folder, "cabinet-1", "watcher");
        using IMqttClient watcher = await ConnectAsync(cloud, "watcher", "secret of watcher", "the-id");

        using IMqttClient other = await ConnectAsync(cloud, "cabinet-1", "secret of cabinet-1", "the-id");

        await watcher.PingAsync(Cancel);
        await other.PingAsync(Cancel);
    }

    [Fact]
    public async Task The_common_name_of_a_client_certificate_is_the_node_and_a_renewed_server_certificate_is_used_at_once()
    {
        using var folder = new TemporaryFolder();
        using var authority = new Certificates("authority");
        using var stranger = new Certificates("stranger");
        File.WriteAllText(folder["ca.pem"], authority.Authority.ExportCertificatePem());
        using X509Certificate2 first = authority.Issue("broker before");
        Certificates.Write(first, folder["server.pem"], folder["server.key"]);
        await using RunningCloud cloud = await RunningCloud.StartAsync(Cancel, options => options with
        {
            Mqtt = new MqttOptions
            {
                Embedded = options.Mqtt.Embedded with
                {
                    Tls = new ServerTlsOptions { CertificateFile = folder["server.pem"], KeyFile = folder["server.key"], ClientCaFile = folder["ca.pem"] },
                },
            },
        });

        using X509Certificate2 own = authority.Issue("cabinet-1");
        (IMqttClient node, string server) = await ConnectTlsAsync(cloud, authority, own);
        Assert.Equal("broker before", server);
        Assert.Equal(MqttClientPublishReasonCode.Success, (await node.PublishAsync(Mqtt.Message(Sample.Vehicle(Sample.Noon)), Cancel)).ReasonCode);
        Assert.Equal(
            MqttClientPublishReasonCode.NotAuthorized,
            (await node.PublishAsync(Mqtt.Message(Sample.Vehicle(Sample.Noon, stream: new("tunnel", "cabinet-2", "fibre-a"))), Cancel)).ReasonCode);
        node.Dispose();

        using X509Certificate2 foreign = stranger.Issue("cabinet-1");
        await Assert.ThrowsAnyAsync<Exception>(() => ConnectTlsAsync(cloud, authority, foreign));
        await Assert.ThrowsAnyAsync<Exception>(() => ConnectTlsAsync(cloud, authority, null));

        using X509Certificate2 renewed = authority.Issue("broker after");
        Certificates.Write(renewed, folder["server.pem"], folder["server.key"]);
        File.SetLastWriteTimeUtc(folder["server.pem"], TimeProvider.System.GetUtcNow().UtcDateTime.AddMinutes(1));
        (IMqttClient again, string after) = await ConnectTlsAsync(cloud, authority, own);
        again.Dispose();
        Assert.Equal("broker after", after);
    }

    [Theory]
    [InlineData("CN=cabinet-1", "cabinet-1")]
    [InlineData("O=Sensing, CN=cabinet-1", "cabinet-1")]
    [InlineData("O=cabinet-1", null)]
    [InlineData("OU=cabinet-1", null)]
    [InlineData("CN=cabinet-1, CN=cabinet-2", null)]
    [InlineData("CN=a b", null)]
    public void A_certificate_names_a_node_by_its_one_common_name_and_by_nothing_else(string subject, string? name)
    {
        using var authority = new Certificates("authority");
        using X509Certificate2 certificate = authority.Issue("", subject);
        Assert.Equal(name, ClientIdentity.NameIn(certificate));
    }

    [Fact]
    public async Task A_certificate_of_a_server_or_a_revoked_one_is_no_nodes()
    {
        using var folder = new TemporaryFolder();
        using var authority = new Certificates("authority");
        using X509Certificate2 server = authority.Issue("broker");
        using X509Certificate2 node = authority.Issue("cabinet-1", null, "1.3.6.1.5.5.7.3.2");
        using X509Certificate2 lost = authority.Issue("cabinet-2", null, "1.3.6.1.5.5.7.3.2");
        using X509Certificate2 kafka = authority.Issue("kafka", null, "1.3.6.1.5.5.7.3.1", "1.3.6.1.5.5.7.3.2");
        Certificates.Write(server, folder["server.pem"], folder["server.key"]);
        File.WriteAllText(folder["ca.pem"], authority.Authority.ExportCertificatePem());
        File.WriteAllText(folder["crl.pem"], authority.Revoke());
        await using RunningCloud cloud = await RunningCloud.StartAsync(Cancel, options => options with
        {
            Mqtt = new MqttOptions
            {
                Embedded = options.Mqtt.Embedded with
                {
                    Tls = new ServerTlsOptions
                    {
                        CertificateFile = folder["server.pem"],
                        KeyFile = folder["server.key"],
                        ClientCaFile = folder["ca.pem"],
                        ClientCrlFile = folder["crl.pem"],
                    },
                },
            },
        });
        (await ConnectTlsAsync(cloud, authority, node)).Client.Dispose();
        (await ConnectTlsAsync(cloud, authority, lost)).Client.Dispose();
        await Assert.ThrowsAnyAsync<Exception>(() => ConnectTlsAsync(cloud, authority, kafka));

        File.WriteAllText(folder["crl.pem"], authority.Revoke(lost));
        File.SetLastWriteTimeUtc(folder["crl.pem"], TimeProvider.System.GetUtcNow().UtcDateTime.AddMinutes(1));

        await Assert.ThrowsAnyAsync<Exception>(() => ConnectTlsAsync(cloud, authority, lost));
        (await ConnectTlsAsync(cloud, authority, node)).Client.Dispose();
        using var stranger = new Certificates("stranger");
        Assert.Throws<CryptographicException>(() => RevocationList.Read(stranger.Revoke(), [authority.Authority]));
    }

    [Fact]
    public void A_password_line_is_accepted_for_its_user_and_password_only()
    {
        using var folder = new TemporaryFolder();
        // The first line was written by mosquitto_passwd 2.0.11 for the password "streng geheim".
        File.WriteAllLines(folder["passwords"], [MosquittoLine, PasswordFile.Line("b", "two"), "plain:text", "empty:"]);
        var passwords = new PasswordFile(folder["passwords"]);

        Assert.True(passwords.Accepts("a", "streng geheim"u8.ToArray()));
        Assert.True(passwords.Accepts("b", "two"u8.ToArray()));
        Assert.False(passwords.Accepts("a", "two"u8.ToArray()));
        Assert.False(passwords.Accepts("plain", "text"u8.ToArray()));
        Assert.False(passwords.Accepts("empty", []));
        Assert.False(passwords.Accepts("a", null));
    }

    [Fact]
    public void A_changed_password_file_counts_at_once()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder["passwords"], PasswordFile.Line("a", "one"));
        var passwords = new PasswordFile(folder["passwords"]);
        Assert.True(passwords.Accepts("a", "one"u8.ToArray()));

        File.WriteAllText(folder["passwords"], PasswordFile.Line("a", "two"));
        File.SetLastWriteTimeUtc(folder["passwords"], TimeProvider.System.GetUtcNow().UtcDateTime.AddMinutes(1));

        Assert.False(passwords.Accepts("a", "one"u8.ToArray()));
        Assert.True(passwords.Accepts("a", "two"u8.ToArray()));
        File.Delete(folder["passwords"]);
        Assert.False(passwords.Accepts("a", "two"u8.ToArray()));
    }

    private const string MosquittoLine = "a:$7$101$8a2rz9T+/eI6dYnG$p759h1vm2hsfCMzUBMsKmW4PBYCn8cBBHUhdjD7LF/hEoJt2T8lhkzKZkXfMQ0MF2Xj75wXBLhbijc8FdtggUg==";

    private static Task<RunningCloud> WithPasswordsAsync(TemporaryFolder folder, params string[] users)
    {
        File.WriteAllLines(folder["passwords"], users.Select(user => PasswordFile.Line(user, $"secret of {user}")));
        return RunningCloud.StartAsync(Cancel, options => options with
        {
            Mqtt = new MqttOptions { Embedded = options.Mqtt.Embedded with { PasswordFile = folder["passwords"], Observers = ["watcher"] } },
        });
    }

    private static Task<IMqttClient> ConnectAsync(RunningCloud cloud, string user, string password, string? clientId = null) =>
        Mqtt.ConnectAsync(cloud.MqttPort, Cancel, options => options.WithCredentials(user, password).WithClientId(clientId ?? user));

    private static async Task<MqttClientSubscribeResultCode> SubscribeAsync(IMqttClient client) =>
        (await client.SubscribeAsync("sensing/v1/#", MqttQualityOfServiceLevel.AtLeastOnce, Cancel)).Items.Single().ResultCode;

    private static async Task<(IMqttClient Client, string Server)> ConnectTlsAsync(RunningCloud cloud, Certificates authority, X509Certificate2? own)
    {
        string server = "";
        IMqttClient client = await Mqtt.ConnectAsync(cloud.MqttPort, Cancel, options => options.WithTlsOptions(tls =>
        {
            tls.UseTls().WithTargetHost("127.0.0.1").WithCertificateValidationHandler(check =>
            {
                using var certificate = X509CertificateLoader.LoadCertificate(check.Certificate.Export(X509ContentType.Cert));
                server = certificate.GetNameInfo(X509NameType.SimpleName, false);
                using var chain = new X509Chain();
                chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
                chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
                chain.ChainPolicy.CustomTrustStore.Add(authority.Authority);
                return chain.Build(certificate);
            });
            if (own is not null)
            {
                tls.WithClientCertificates([own]);
            }
        }));
        return (client, server);
    }
}

using System.Text;
using Confluent.Kafka;
using Confluent.Kafka.Admin;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Sensing.CloudIngest.Configuration;
using Sensing.CloudIngest.Log;
using Sensing.CloudIngest.Log.Kafka;
using Sensing.CloudIngest.Tests.Support;
using Sensing.Testing;

namespace Sensing.CloudIngest.Tests.Kafka;

/// <summary>Logins at a real Kafka; the mock cluster knows none.</summary>
// Not beside the tests that share a Kafka: each broker is a Java process.
[Collection(RealKafka.Name)]
[TimeLimit(minutes: 5, reason: "Each starts a broker, a Java process: up to 15 s on two idle cores.")]
public sealed class KafkaLoginTests : IAsyncLifetime
{
    private const string Password = "correct horse, battery=staple";

    /// <summary>With what has a meaning of its own in SCRAM.</summary>
    private const string User = "bridge,a=b";

    private const string Plain = "org.apache.kafka.common.security.plain.PlainLoginModule required";
    private const string Scram = "org.apache.kafka.common.security.scram.ScramLoginModule required;";
    private const string Bearer = "org.apache.kafka.common.security.oauthbearer.OAuthBearerLoginModule required";

    private static readonly LogRecord[] Records = [new DeadLetterRecord("a", "{}", new byte[] { 1 }, "", Sample.Noon)];

    private readonly TemporaryFolder _folder = new();
    private KafkaBroker? _broker;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        if (_broker is not null)
        {
            await _broker.DisposeAsync();
        }

        _folder.Dispose();
    }

    [Fact]
    public async Task Each_mechanism_works_and_a_wrong_password_is_reported_without_it()
    {
        KafkaOptions options = await StartAsync("PLAIN,SCRAM-SHA-256,SCRAM-SHA-512");
        await UsersAsync(options);
        string password = File("password", Password + "\nanother line");
        string wrong = File("wrong", "Tr0ub4dor&3");
        foreach (KafkaSaslMechanism mechanism in Enum.GetValues<KafkaSaslMechanism>())
        {
            string user = mechanism == KafkaSaslMechanism.Plain ? "bridge" : User;
            KafkaOptions right = options with { Sasl = new KafkaSaslOptions { Mechanism = mechanism, User = user, PasswordFile = password } };
            await using (RunningLog log = await RunningLog.StartAsync(right, Cancel))
            {
                await log.DeliverAsync(Records, Cancel);
            }

            await using RunningLog refused = await RunningLog.StartAsync(right with { Sasl = right.Sasl with { PasswordFile = wrong } }, Cancel);
            string problem = await refused.ProblemAsync("uthentication", Cancel);
            Assert.Contains(options.BootstrapServers, problem, StringComparison.Ordinal);
            Assert.DoesNotContain("Tr0ub4dor", problem, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_mechanism_that_the_broker_lacks_is_reported_with_those_that_it_has()
    {
        KafkaOptions options = await StartAsync("PLAIN,SCRAM-SHA-256");
        var sasl = new KafkaSaslOptions { User = User, PasswordFile = File("password", Password) };
        await using RunningLog log = await RunningLog.StartAsync(options with { Sasl = sasl }, Cancel);

        string problem = await log.ProblemAsync("SCRAM-SHA-512", Cancel);

        Assert.Contains("PLAIN", problem, StringComparison.Ordinal);
        Assert.Contains("SCRAM-SHA-256", problem, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_renewed_password_is_used_without_a_restart()
    {
        KafkaOptions options = await StartAsync("PLAIN,SCRAM-SHA-512");
        await UsersAsync(options);
        string password = File("password", "Tr0ub4dor&3");
        await using RunningLog log = await RunningLog.StartAsync(
            options with { Sasl = new KafkaSaslOptions { User = User, PasswordFile = password }, Topics = options.Topics with { Create = false } }, Cancel);
        Task[] durable = await log.AppendAsync(Records, Cancel);
        await log.ProblemAsync("uthentication", Cancel);

        File("password", Password);

        await Task.WhenAll(durable).WaitAsync(Cancel);
        Assert.Equal(1, log.Log.Delivered);
    }

    /// <summary>Tokens that a broker believes unsigned: as the brokers' own documentation has it for
    /// development.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Bridge_topics_and_sink_log_in_with_OAUTHBEARER_as_the_settings_file_says(bool hasTokenServer)
    {
        KafkaOptions options = await StartAsync("PLAIN,OAUTHBEARER");
        await using WebApplication? tokens = hasTokenServer ? await TokensAsync() : null;
        string how = tokens is null
            ? "enable.sasl.oauthbearer.unsecure.jwt=true\nsasl.oauthbearer.config=principal=bridge\n"
            : $"sasl.oauthbearer.method=oidc\nsasl.oauthbearer.client.id=bridge\nsasl.oauthbearer.client.secret=s\nsasl.oauthbearer.token.endpoint.url={tokens.Urls.First()}/token\n";
        string file = File("kafka.properties", $"sasl.mechanism=OAUTHBEARER\n{how}");
        await using Mosquitto mosquitto = await Mosquitto.StartAsync(Cancel);
        await using RunningCloud cloud = await RunningCloud.StartAsync(
            Cancel,
            defaults => defaults with
            {
                Kafka = options with { SettingsFile = file },
                Mqtt = new MqttOptions { External = new ExternalBrokerOptions { Host = "127.0.0.1", Port = mosquitto.Port } },
            });
        await cloud.UntilReadyAsync(Cancel);
        using MQTTnet.IMqttClient node = await Mqtt.ConnectAsync(mosquitto.Port, Cancel);

        await node.PublishAsync(Mqtt.Message(Sample.Vehicle(Sample.Noon)), Cancel);

        await cloud.UntilAsync(async () => (await cloud.AllAsync(Cancel)).Count == 1, Cancel);
    }

    /// <summary>Without the library of Kerberos or without a ticket: whatever is missing is reported.</summary>
    [Fact]
    public async Task A_Kerberos_login_that_is_not_possible_here_is_reported()
    {
        string file = File("kafka.properties", "sasl.mechanism=GSSAPI\nsasl.kerberos.service.name=kafka\nsasl.kerberos.kinit.cmd=false\n");
        await using RunningLog log = await RunningLog.StartAsync(
            new KafkaOptions { BootstrapServers = $"127.0.0.1:{LoopbackPort.Free()}", SettingsFile = file, Topics = new KafkaTopicOptions { Create = false } }, Cancel);

        string problem = await log.ProblemAsync("Kafka", Cancel);

        TestContext.Current.TestOutputHelper!.WriteLine(problem);
        Assert.Contains(problem.Contains("GSSAPI", StringComparison.Ordinal) ? "GSSAPI" : "erberos", problem, StringComparison.Ordinal);
    }

    private string File(string name, string text)
    {
        System.IO.File.WriteAllText(_folder[name], text);
        return _folder[name];
    }

    private async Task<KafkaOptions> StartAsync(string mechanisms)
    {
        string[] settings =
        [
            "listener.security.protocol.map=PLAINTEXT:SASL_PLAINTEXT,CONTROLLER:PLAINTEXT",
            "sasl.mechanism.inter.broker.protocol=PLAIN",
            $"sasl.enabled.mechanisms={mechanisms}",
            $"listener.name.plaintext.plain.sasl.jaas.config={Plain} username=\"admin\" password=\"secret\" user_admin=\"secret\" user_bridge=\"{Password}\";",
            $"listener.name.plaintext.scram-sha-256.sasl.jaas.config={Scram}",
            $"listener.name.plaintext.scram-sha-512.sasl.jaas.config={Scram}",
            $"listener.name.plaintext.oauthbearer.sasl.jaas.config={Bearer} unsecuredLoginStringClaim_sub=\"admin\";",
        ];
        _broker = await KafkaBroker.StartAsync(Cancel, 1, null, settings);
        return KafkaFixture.Options(_broker);
    }

    /// <summary>The users of SCRAM, and a topic to write to.</summary>
    private static async Task UsersAsync(KafkaOptions options)
    {
        using IAdminClient admin = new AdminClientBuilder(new AdminClientConfig
        {
            BootstrapServers = options.BootstrapServers,
            SecurityProtocol = SecurityProtocol.SaslPlaintext,
            SaslMechanism = SaslMechanism.Plain,
            SaslUsername = "admin",
            SaslPassword = "secret",
        }).Build();
        foreach (ScramMechanism mechanism in new[] { ScramMechanism.ScramSha256, ScramMechanism.ScramSha512 })
        {
            // Kafka takes no user twice in one request.
            await admin.AlterUserScramCredentialsAsync([new UserScramCredentialUpsertion
            {
                User = User,
                ScramCredentialInfo = new ScramCredentialInfo { Mechanism = mechanism, Iterations = 4096 },
                Password = Encoding.UTF8.GetBytes(Password),
            }]);
        }

        await admin.CreateTopicsAsync([new TopicSpecification { Name = new KafkaTopicNames(options.Topics, Sample.Catalogue).DeadLetter, NumPartitions = 2 }]);
    }

    /// <summary>A token endpoint as OpenID Connect has it (RFC 6749, 4.4), with tokens that are not signed (RFC 7519,
    /// 6).</summary>
    private static async Task<WebApplication> TokensAsync()
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        WebApplication app = builder.Build();
        app.MapPost("/token", () => Results.Text($"{{\"access_token\":\"{Token()}\",\"token_type\":\"Bearer\",\"expires_in\":3600}}", "application/json"));
        await app.StartAsync(Cancel);
        return app;

        static string Token()
        {
            long now = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();
            return $"{Part("{\"alg\":\"none\"}")}.{Part($"{{\"sub\":\"bridge\",\"iat\":{now},\"exp\":{now + 3600}}}")}.";
        }

        static string Part(string json) => System.Buffers.Text.Base64Url.EncodeToString(Encoding.UTF8.GetBytes(json));
    }
}

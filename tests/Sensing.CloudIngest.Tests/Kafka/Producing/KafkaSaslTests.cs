using System.Text;
using Confluent.Kafka;
using Confluent.Kafka.Admin;
using Sensing.CloudIngest.Configuration;
using Sensing.CloudIngest.Log;
using Sensing.CloudIngest.Log.Kafka;
using Sensing.CloudIngest.Tests.Support;
using Sensing.Testing;

namespace Sensing.CloudIngest.Tests.Kafka.Producing;

/// <summary>User and password towards a real Kafka.</summary>
public sealed class KafkaSaslTests : IAsyncLifetime
{
    private const string Password = "correct horse, battery=staple";

    /// <summary>With what has a meaning of its own in SCRAM.</summary>
    private const string User = "bridge,a=b";

    private const string Plain = "org.apache.kafka.common.security.plain.PlainLoginModule required";
    private const string Scram = "org.apache.kafka.common.security.scram.ScramLoginModule required;";

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
    public async Task Each_mechanism_is_taken_and_a_wrong_password_is_told_without_it()
    {
        KafkaOptions options = await StartAsync("PLAIN,SCRAM-SHA-256,SCRAM-SHA-512");
        await UsersAsync(options);
        string password = File("password", Password + "\nanother line");
        string wrong = File("wrong", "Tr0ub4dor&3");
        foreach (KafkaSaslMechanism mechanism in Enum.GetValues<KafkaSaslMechanism>())
        {
            string user = mechanism == KafkaSaslMechanism.Plain ? "bridge" : User;
            KafkaOptions right = options with { Sasl = new KafkaSaslOptions { Mechanism = mechanism, User = user, PasswordFile = password } };
            await using (RunningProducer producer = RunningProducer.Start(right))
            {
                await Task.WhenAll(await producer.AppendAsync([new DeadLetterRecord("a", "{}", new byte[] { 1 }, "", Sample.Noon)], Cancel)).WaitAsync(Cancel);
                Assert.Equal(1, producer.Delivered);
            }

            await using RunningProducer refused = RunningProducer.Start(right with { Sasl = right.Sasl with { PasswordFile = wrong } });
            string told = await refused.Unreachable.WaitAsync(Cancel);
            Assert.Contains("refuses user and password", told, StringComparison.Ordinal);
            Assert.DoesNotContain("Tr0ub4dor", told, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_mechanism_that_the_broker_lacks_is_told_with_those_that_it_has()
    {
        KafkaOptions options = await StartAsync("PLAIN,SCRAM-SHA-256");
        await using RunningProducer producer = RunningProducer.Start(options with { Sasl = new KafkaSaslOptions { User = User, PasswordFile = File("password", Password) } });

        string told = await producer.Unreachable.WaitAsync(Cancel);

        Assert.Contains("SCRAM-SHA-512", told, StringComparison.Ordinal);
        Assert.Contains("PLAIN", told, StringComparison.Ordinal);
        Assert.Contains("SCRAM-SHA-256", told, StringComparison.Ordinal);
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
}

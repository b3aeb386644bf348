using Confluent.Kafka;
using Sensing.CloudIngest.Configuration;
using Sensing.CloudIngest.Log.Kafka;
using Sensing.Testing;

namespace Sensing.CloudIngest.Tests.Kafka;

public sealed class KafkaSettingsFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string FileName => _folder["kafka.properties"];

    [Fact]
    public void Each_client_gets_the_settings_and_a_login_decides_the_protocol()
    {
        KafkaOptions options = Options("# a login\n\n sasl.mechanism = OAUTHBEARER \nsasl.oauthbearer.config=scope=a principal=b\r\nfetch.wait.max.ms=7\n");

        foreach (ClientConfig settings in new ClientConfig[]
        {
            KafkaClientSettings.Producer(options, new LimitOptions()), KafkaClientSettings.Consumer(options, new LimitOptions()), KafkaClientSettings.Admin(options),
        })
        {
            Assert.Equal("OAUTHBEARER", settings.Get("sasl.mechanism"));
            Assert.Equal("scope=a principal=b", settings.Get("sasl.oauthbearer.config"));
            Assert.Equal("7", settings.Get("fetch.wait.max.ms"));
            Assert.Equal(SecurityProtocol.SaslPlaintext, settings.SecurityProtocol);
        }

        Assert.Equal(SecurityProtocol.SaslSsl, KafkaClientSettings.Admin(options with { Tls = new ClientTlsOptions() }).SecurityProtocol);
    }

    [Theory]
    [InlineData("acks=1", "remove acks")]
    [InlineData("enable.idempotence=false", "promises about delivery")]
    [InlineData("group.id=other", "set kafka.groupId")]
    [InlineData("security.protocol=ssl", "kafka.tls")]
    public void What_delivery_depends_on_is_refused_with_the_line_and_the_remedy(string line, string expected)
    {
        InvalidDataException error = Assert.Throws<InvalidDataException>(() => KafkaClientSettings.Admin(Options($"\n{line}\n")));

        Assert.StartsWith($"{FileName}, line 2: ", error.Message, StringComparison.Ordinal);
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("secret")]
    [InlineData("=secret")]
    public void A_line_without_a_name_is_refused_and_not_repeated(string line)
    {
        InvalidDataException error = Assert.Throws<InvalidDataException>(() => KafkaSettingsFile.Read(Options(line).SettingsFile!));

        Assert.Contains("line 1: expected name=value", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Two_logins_are_refused()
    {
        KafkaOptions options = Options("sasl.mechanism=OAUTHBEARER\n") with { Sasl = new KafkaSaslOptions { User = "a", PasswordFile = "b" } };

        Assert.Contains("remove one", Assert.Throws<InvalidDataException>(() => KafkaClientSettings.Admin(options)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_changed_file_counts_once_it_can_be_read()
    {
        KafkaOptions options = Options("client.rack=a\n");
        var files = new KafkaFiles(options);
        files.Use();
        Assert.False(files.AreRenewed());

        Write("client.rack", 1);
        Assert.False(files.AreRenewed());
        Write("client.rack=b", 2);
        Assert.True(files.AreRenewed());
    }

    public void Dispose() => _folder.Dispose();

    private KafkaOptions Options(string text)
    {
        Write(text, 0);
        return new KafkaOptions { BootstrapServers = "127.0.0.1:1", SettingsFile = FileName };
    }

    /// <summary>Each write has a time of its own.</summary>
    private void Write(string text, int number)
    {
        File.WriteAllText(FileName, text);
        File.SetLastWriteTimeUtc(FileName, new DateTime(2026, 1, 1, 0, 0, number, DateTimeKind.Utc));
    }
}

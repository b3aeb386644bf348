using System.Buffers;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using MQTTnet;
using MQTTnet.Formatter;
using Sensing.EdgeNode.Configuration;
using Sensing.Testing;

namespace Sensing.EdgeNode.Tests.Publishing;

/// <summary>The publisher against a real Mosquitto.</summary>
public class MosquittoTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Events_wait_for_the_first_subscriber_and_then_arrive_in_order()
    {
        await using MosquittoBroker broker = await MosquittoBroker.StartAsync(Cancellation);
        await using var fixture = new PublisherFixture(new MqttOptions { Port = broker.Port });
        await fixture.AppendAsync(EventMaker.Events(0, 300));
        fixture.Start();
        await fixture.WaitAsync((_, publisher) => publisher.Problem is not null);
        Assert.Contains("NoMatchingSubscribers", fixture.Publisher.State.Problem);

        using Subscriber subscriber = await Subscriber.ConnectAsync(broker.Port, "sensing/v1/site/node/stream/#");
        await fixture.WaitAsync((outbox, _) => outbox.Events == 0);
        string[] ids = [.. Enumerable.Range(0, 300).Select(n => EventMaker.Event(n).Id)];
        Assert.Equal(ids, (await subscriber.TakeAsync(ids.Length)).Select(message => message.Id).Distinct());
    }

    [Fact]
    public async Task A_packet_that_the_broker_would_not_bear_is_not_sent_but_becomes_a_dead_letter()
    {
        await using MosquittoBroker broker = await MosquittoBroker.StartAsync(Cancellation, "allow_anonymous true", "max_packet_size 20000");
        await using var fixture = new PublisherFixture(new MqttOptions { Port = broker.Port });
        using Subscriber subscriber = await Subscriber.ConnectAsync(broker.Port, "sensing/#");
        await fixture.AppendAsync([EventMaker.Event(0), EventMaker.Event(1, padding: 30_000), EventMaker.Event(2)]);
        fixture.Start();
        await fixture.WaitAsync((outbox, _) => outbox is { Events: 0, DeadLetters: 1 });

        (_, string reason) = Assert.Single(fixture.Outbox.DeadLetters(10));
        Assert.Equal("packet too large: the broker takes 20000 bytes", reason);
    }

    [Fact]
    public async Task A_rule_that_forbids_a_topic_makes_dead_letters_of_its_events_alone()
    {
        using var folder = new TemporaryFolder();
        await File.WriteAllTextAsync(folder["acl"], "topic write sensing/v1/site/node/stream/#\ntopic write sensing/v1/site/node/status\ntopic read #\n", Cancellation);
        await using MosquittoBroker broker = await MosquittoBroker.StartAsync(Cancellation, "allow_anonymous true", $"acl_file {folder["acl"]}");
        await using var fixture = new PublisherFixture(new MqttOptions { Port = broker.Port });
        using Subscriber subscriber = await Subscriber.ConnectAsync(broker.Port, "sensing/#");
        await fixture.AppendAsync([.. EventMaker.Events(0, 5), EventMaker.Event(9, stream: new("site", "other-node", "x")), .. EventMaker.Events(5, 5)]);
        fixture.Start();
        await fixture.WaitAsync((outbox, _) => outbox is { Events: 0, DeadLetters: 1 });

        Assert.StartsWith("NotAuthorized", Assert.Single(fixture.Outbox.DeadLetters(10)).Reason);
    }

    [Fact]
    public async Task With_certificates_on_both_sides_it_connects_and_renewed_files_are_used_without_a_restart()
    {
        using var folder = new TemporaryFolder();
        using var authority = new TestAuthority();
        authority.Issue("127.0.0.1", folder["broker"]);
        authority.Issue("node", folder["node"]);
        await File.WriteAllTextAsync(folder["ca.pem"], authority.Pem, Cancellation);
        await using MosquittoBroker broker = await MosquittoBroker.StartAsync(Cancellation,
            "allow_anonymous false", "require_certificate true", "use_identity_as_username true",
            $"cafile {folder["ca.pem"]}", $"certfile {folder["broker"]}.crt", $"keyfile {folder["broker"]}.key");
        var options = new MqttOptions
        {
            Port = broker.Port,
            StatusSeconds = 0.05,
            WaitForSubscribers = false,
            Tls = new TlsOptions { Enabled = true, CaFile = folder["ca.pem"], CertificateFile = folder["node.crt"], KeyFile = folder["node.key"] },
        };
        await using var fixture = new PublisherFixture(options);
        await fixture.AppendAsync(EventMaker.Events(0, 5));
        fixture.Start();
        await fixture.WaitAsync((outbox, _) => outbox.Events == 0);

        // What replaces the certificate is of another authority: the broker refuses it, which shows that it was read.
        using var stranger = new TestAuthority();
        stranger.Issue("node", folder["node"]);
        File.SetLastWriteTimeUtc(folder["node.crt"], EventMaker.Noon.UtcDateTime);
        await fixture.WaitAsync((_, publisher) => publisher is { Connected: false, Problem: not null });
        authority.Issue("node", folder["node"]);
        await fixture.AppendAsync(EventMaker.Events(5, 5));
        await fixture.WaitAsync((outbox, _) => outbox.Events == 0);
    }

    [Fact]
    public async Task A_broker_of_another_authority_is_not_believed()
    {
        using var folder = new TemporaryFolder();
        using var authority = new TestAuthority();
        using var stranger = new TestAuthority();
        stranger.Issue("127.0.0.1", folder["broker"]);
        await File.WriteAllTextAsync(folder["ca.pem"], authority.Pem, Cancellation);
        await using MosquittoBroker broker = await MosquittoBroker.StartAsync(Cancellation,
            "allow_anonymous true", $"certfile {folder["broker"]}.crt", $"keyfile {folder["broker"]}.key");
        await using var fixture = new PublisherFixture(new MqttOptions { Port = broker.Port, Tls = new TlsOptions { Enabled = true, CaFile = folder["ca.pem"] } });
        fixture.Start();
        await fixture.WaitAsync((_, publisher) => publisher.Problem is not null);

        Assert.False(fixture.Publisher.State.Connected);
        Assert.Contains("certificate", fixture.Publisher.State.Problem, StringComparison.OrdinalIgnoreCase);
    }

    private sealed class TestAuthority : IDisposable
    {
        private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        private readonly X509Certificate2 _certificate;
        private byte _serial = 1;

        public TestAuthority()
        {
            var request = new CertificateRequest("CN=test authority", _key, HashAlgorithmName.SHA256);
            request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
            _certificate = request.CreateSelfSigned(TimeProvider.System.GetUtcNow().AddDays(-1), TimeProvider.System.GetUtcNow().AddDays(1));
        }

        public string Pem => _certificate.ExportCertificatePem();

        /// <summary>Writes a certificate and its key for <paramref name="name"/> to <paramref name="path"/>.crt and .key.</summary>
        public void Issue(string name, string path)
        {
            using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
            var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
            var names = new SubjectAlternativeNameBuilder();
            if (System.Net.IPAddress.TryParse(name, out System.Net.IPAddress? address))
            {
                names.AddIpAddress(address);
            }
            else
            {
                names.AddDnsName(name);
            }

            request.CertificateExtensions.Add(names.Build());
            using X509Certificate2 signed = request.Create(
                _certificate, TimeProvider.System.GetUtcNow().AddHours(-1), TimeProvider.System.GetUtcNow().AddHours(1), [_serial++]);
            File.WriteAllText(path + ".crt", signed.ExportCertificatePem());
            File.WriteAllText(path + ".key", key.ExportPkcs8PrivateKeyPem());
        }

        public void Dispose()
        {
            _certificate.Dispose();
            _key.Dispose();
        }
    }

    private sealed class Subscriber : IDisposable
    {
        private readonly IMqttClient _client = new MqttClientFactory().CreateMqttClient();
        private readonly System.Threading.Channels.Channel<(string Id, byte[] Data)> _messages = System.Threading.Channels.Channel.CreateUnbounded<(string, byte[])>();

        public static async Task<Subscriber> ConnectAsync(int port, string topic)
        {
            var subscriber = new Subscriber();
            subscriber._client.ApplicationMessageReceivedAsync += received =>
            {
                string id = received.ApplicationMessage.UserProperties.First(p => p.Name == "id") is { } property
                    ? System.Text.Encoding.UTF8.GetString(property.ValueBuffer.Span) : "";
                subscriber._messages.Writer.TryWrite((id, received.ApplicationMessage.Payload.ToArray()));
                return Task.CompletedTask;
            };
            await subscriber._client.ConnectAsync(new MqttClientOptionsBuilder()
                .WithProtocolVersion(MqttProtocolVersion.V500).WithTcpServer("127.0.0.1", port).Build(), Cancellation);
            await subscriber._client.SubscribeAsync(topic, MQTTnet.Protocol.MqttQualityOfServiceLevel.AtLeastOnce, Cancellation);
            return subscriber;
        }

        public async Task<List<(string Id, byte[] Data)>> TakeAsync(int distinct)
        {
            var taken = new List<(string Id, byte[] Data)>();
            while (taken.Select(message => message.Id).Distinct().Count() < distinct)
            {
                taken.Add(await _messages.Reader.ReadAsync(Cancellation));
            }

            return taken;
        }

        public void Dispose() => _client.Dispose();
    }
}

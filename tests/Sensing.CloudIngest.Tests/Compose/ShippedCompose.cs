using System.Diagnostics;
using System.Security.Cryptography.X509Certificates;
using MQTTnet;
using MQTTnet.Formatter;
using Sensing.CloudIngest.Tests.Support;
using Sensing.Testing;

namespace Sensing.CloudIngest.Tests.Compose;

/// <summary>What is shipped for docker compose, with secrets that the shipped script has made, read as if outside of a container.</summary>
public sealed class ShippedCompose : IDisposable
{
    public static readonly string Folder = Path.Combine(Repository.Root, "cloud-ingest", "compose");

    private readonly TemporaryFolder _secrets = new();
    private readonly TemporaryFolder _data = new();

    private ShippedCompose()
    {
    }

    /// <summary>A secret's path.</summary>
    public string this[string secret] => _secrets[secret];

    /// <summary>Runs <c>prepare</c>; the test is skipped, with a message, where OpenSSL is not installed.</summary>
    public static async Task<ShippedCompose> PrepareAsync(CancellationToken cancellation, params string[] nodes)
    {
        Assert.SkipUnless(Programs.Find("openssl") is not null, "openssl is not installed: apt-get install openssl.");
        var shipped = new ShippedCompose();
        await shipped.ReplaceAsync(cancellation, nodes);
        return shipped;
    }

    /// <summary>Throws everything away and makes it anew, under another authority.</summary>
    public Task ReplaceAsync(CancellationToken cancellation, params string[] nodes)
    {
        Array.ForEach(Directory.GetFiles(_secrets.Path), File.Delete);
        return RunAsync(nodes.SelectMany(node => new[] { "--node", node }), cancellation);
    }

    /// <summary>Runs <c>prepare</c>.</summary>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="cancellation">Of the test.</param>
    /// <param name="hosts">Further names of Mosquitto.</param>
    /// <param name="exitCode">How it is to end.</param>
    public async Task RunAsync(IEnumerable<string> arguments, CancellationToken cancellation, string hosts = "", int exitCode = 0)
    {
        var start = new ProcessStartInfo(Path.Combine(Folder, "prepare"), arguments) { RedirectStandardError = true };
        start.Environment["SECRETS"] = _secrets.Path;
        start.Environment["HOSTS"] = hosts;
        using Process process = Process.Start(start)!;
        string said = await process.StandardError.ReadToEndAsync(cancellation);
        await process.WaitForExitAsync(cancellation);
        Assert.True(process.ExitCode == exitCode, $"prepare exits with {process.ExitCode}: {said}");
    }

    /// <summary>The text of a shipped file, with the paths of this test in the place of the container's.</summary>
    public string Text(string path) => File.ReadAllText(Path.Combine(Folder, path))
        .Replace("/run/secrets/", $"{_secrets.Path}/", StringComparison.Ordinal)
        .Replace("/mosquitto/config/passwords", _secrets["passwords"], StringComparison.Ordinal)
        .Replace("/mosquitto/config/", $"{Folder}/mosquitto/", StringComparison.Ordinal)
        .Replace("/mosquitto/data/", $"{_data.Path}/", StringComparison.Ordinal)
        .Replace("log_dest stdout", "log_dest stderr", StringComparison.Ordinal);

    /// <summary>A real Mosquitto with a shipped configuration; only its port is another.</summary>
    public Task<Mosquitto> StartMosquittoAsync(string configuration, CancellationToken cancellation) => Mosquitto.StartAsync(
        cancellation, port => Text(Path.Combine("mosquitto", configuration)).Replace("listener 8883", $"listener {port} 127.0.0.1", StringComparison.Ordinal).Split('\n'));

    /// <summary>A client that trusts the prepared authority, with the certificate of <paramref name="name"/> if any.</summary>
    public Task<IMqttClient> ConnectAsync(Mosquitto broker, string? name, CancellationToken cancellation, Action<MqttClientOptionsBuilder>? change = null)
    {
        return Mqtt.ConnectAsync(broker.Port, cancellation, options =>
        {
            Secure(options, name);
            change?.Invoke(options);
        });
    }

    /// <summary>Options of such a client.</summary>
    public MqttClientOptionsBuilder Options(Mosquitto broker, string name)
    {
        MqttClientOptionsBuilder options = new MqttClientOptionsBuilder().WithProtocolVersion(MqttProtocolVersion.V500).WithTcpServer("127.0.0.1", broker.Port);
        Secure(options, name);
        return options;
    }

    private void Secure(MqttClientOptionsBuilder options, string? name)
    {
        X509Certificate2Collection authorities = [X509CertificateLoader.LoadCertificateFromFile(this["ca.pem"])];
        X509Certificate2[] own = name is null ? [] : [Certificate(name)];
        options.WithTlsOptions(tls => tls.UseTls().WithTargetHost("127.0.0.1").WithTrustChain(authorities).WithClientCertificates(own));
    }

    public void Dispose()
    {
        _secrets.Dispose();
        _data.Dispose();
    }

    private X509Certificate2 Certificate(string name)
    {
        // Kafka's has both in one.
        using var pem = X509Certificate2.CreateFromPemFile(this[$"{name}.pem"], File.Exists(this[$"{name}.key"]) ? this[$"{name}.key"] : null);
        return X509CertificateLoader.LoadPkcs12(pem.Export(X509ContentType.Pfx), null);
    }
}

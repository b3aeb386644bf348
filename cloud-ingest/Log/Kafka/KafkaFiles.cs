using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Sensing.CloudIngest.Configuration;

namespace Sensing.CloudIngest.Log.Kafka;

/// <summary>Certificates, password and further settings of a native client, which reads them once, when it is created:
/// reports when a new
/// client is due.</summary>
/// <param name="options">Names the files.</param>
internal sealed class KafkaFiles(KafkaOptions options)
{
    private string _used = "";

    /// <summary>A client is about to be created from the files as they are now.</summary>
    public void Use() => _used = Stamp();

    /// <summary>Whether the files have changed since <see cref="Use"/> and fit each other: a renewal that is half done
    /// leaves the client as it is.</summary>
    public bool AreRenewed()
    {
        try
        {
            return Stamp() != _used && AreUsable();
        }
        catch (Exception error) when (error
            is CryptographicException or ArgumentException or IOException or InvalidDataException or UnauthorizedAccessException)
        {
            // Certificate and key do not fit yet, or a file is being written: checked again later.
            return false;
        }
    }

    private string Stamp() => string.Join('|', new[]
    {
        options.Tls?.CaFile, options.Tls?.CertificateFile, options.Tls?.KeyFile, options.Sasl?.PasswordFile, options.SettingsFile,
    }.OfType<string>().Select(file => File.GetLastWriteTimeUtc(file).Ticks));

    private bool AreUsable()
    {
        if (options.Tls?.CaFile is { } file)
        {
            var authorities = new X509Certificate2Collection();
            authorities.ImportFromPemFile(file);
            if (authorities.Count == 0)
            {
                return false;
            }
        }

        if (options.Tls is { CertificateFile: { } certificate, KeyFile: { } key })
        {
            X509Certificate2.CreateFromPemFile(certificate, key).Dispose();
        }

        if (options.SettingsFile is { } settings)
        {
            KafkaSettingsFile.Read(settings);
        }

        return options.Sasl is not { } sasl || File.ReadLines(sasl.PasswordFile).Any();
    }
}

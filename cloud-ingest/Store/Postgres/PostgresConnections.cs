using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Npgsql;
using Sensing.CloudIngest.Configuration;

namespace Sensing.CloudIngest.Store.Postgres;

/// <summary>How to reach the database. Password and certificates are read from their files at each connect, so renewed ones are used,
/// and no connection string, log or error ever holds them.</summary>
internal sealed class PostgresConnections : IAsyncDisposable
{
    public const string Schema = "sensing";

    /// <summary>A statement of a sweep that waits for readers gives way after this, so that nobody waits behind it for long.</summary>
    private static readonly TimeSpan SweepLockTimeout = TimeSpan.FromSeconds(2);

    private readonly PostgresOptions _options;

    public PostgresConnections(PostgresOptions options, int readers)
    {
        _options = options;
        Readers = Source("reader", builder =>
        {
            builder.MaxPoolSize = readers;
            builder.CommandTimeout = Seconds(options.QueryTimeoutSeconds);
            builder.Options = Settings(options.QueryTimeoutSeconds, TimeSpan.FromSeconds(options.QueryTimeoutSeconds), "-c default_transaction_read_only=on");
        });
        // A writer keeps temporary tables and prepared statements for its life. A process that hangs within a transaction must not stop
        // the others from writing for ever.
        Writer = Source("writer", builder =>
        {
            builder.Pooling = false;
            builder.CommandTimeout = Seconds(options.WriteTimeoutSeconds);
            builder.Options = Settings(options.WriteTimeoutSeconds, TimeSpan.FromSeconds(options.WriteTimeoutSeconds), "-c idle_in_transaction_session_timeout=30s");
        });
        // A sweep may work on much at a time; it never waits long for a lock.
        Sweeper = Source("sweep", builder =>
        {
            builder.MaxPoolSize = 1;
            builder.CommandTimeout = 0;
            builder.Options = Settings(0, SweepLockTimeout, "-c idle_in_transaction_session_timeout=30s");
        });
        Listener = Source("listener", builder =>
        {
            builder.Pooling = false;
            builder.KeepAlive = 15;
        });
    }

    public NpgsqlDataSource Readers { get; }

    public NpgsqlDataSource Writer { get; }

    public NpgsqlDataSource Sweeper { get; }

    public NpgsqlDataSource Listener { get; }

    public async ValueTask DisposeAsync()
    {
        foreach (NpgsqlDataSource source in new[] { Readers, Writer, Sweeper, Listener })
        {
            await source.DisposeAsync().ConfigureAwait(false);
        }
    }

    /// <remarks>Synchronous commit is asked for by each session: that a commit is on the disk is part of the promise, whatever the
    /// server's default.</remarks>
    private static string Settings(double statementSeconds, TimeSpan lockTimeout, string more) => FormattableString.Invariant(
        $"-c synchronous_commit=on -c statement_timeout={statementSeconds * 1000:0} -c lock_timeout={lockTimeout.TotalMilliseconds:0} {more}");

    private static int Seconds(double seconds) => (int)Math.Ceiling(seconds);

    private NpgsqlDataSource Source(string purpose, Action<NpgsqlConnectionStringBuilder> change)
    {
        var builder = new NpgsqlDataSourceBuilder();
        NpgsqlConnectionStringBuilder text = builder.ConnectionStringBuilder;
        text.Host = _options.Host;
        text.Port = _options.Port;
        text.Database = _options.Database;
        text.Username = _options.User;
        text.SearchPath = Schema;
        text.ApplicationName = $"cloud-ingest {purpose}";
        text.Timeout = Seconds(_options.ConnectTimeoutSeconds);
        text.TcpKeepAlive = true;
        text.Timezone = "UTC";
        text.IncludeErrorDetail = false;
        text.SslMode = _options.Tls is null ? SslMode.Disable : SslMode.VerifyFull;
        change(text);
        if (_options.PasswordFile is { } file)
        {
            builder.UsePasswordProvider(_ => Password(file), (_, _) => ValueTask.FromResult(Password(file)));
        }

        if (_options.Tls is { } tls)
        {
            Encrypt(builder, tls);
        }

        return builder.Build();
    }

    private static void Encrypt(NpgsqlDataSourceBuilder builder, ClientTlsOptions tls)
    {
        if (tls.CaFile is { } ca)
        {
            builder.UseRootCertificatesCallback(() => Read("tls.caFile", ca, () =>
            {
                var authorities = new X509Certificate2Collection();
                authorities.ImportFromPemFile(ca);
                return authorities;
            }));
        }

        if (tls.CertificateFile is { } certificate)
        {
            builder.UseSslClientAuthenticationOptionsCallback(authentication => authentication.ClientCertificates = Read("tls.certificateFile", certificate, () =>
            {
                using var pem = X509Certificate2.CreateFromPemFile(certificate, tls.KeyFile);
                // The round trip gives the key a container, which TLS needs on some systems.
                return new X509Certificate2Collection(X509CertificateLoader.LoadPkcs12(pem.Export(X509ContentType.Pkcs12), null));
            }));
        }
    }

    private static string Password(string file) => Read("passwordFile", file, () => File.ReadLines(file).FirstOrDefault() ?? "");

    /// <summary>Reads a file that the configuration names. A key of another certificate is an <see cref="ArgumentException"/>.</summary>
    private static T Read<T>(string key, string file, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or CryptographicException or ArgumentException)
        {
            throw new StoreException($"store.postgres.{key} {file} cannot be used: {error.Message}", error);
        }
    }
}

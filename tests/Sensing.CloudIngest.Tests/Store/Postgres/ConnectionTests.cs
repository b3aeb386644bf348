using Npgsql;
using Sensing.CloudIngest.Configuration;
using Sensing.CloudIngest.Log;
using Sensing.CloudIngest.Store;
using Sensing.CloudIngest.Store.Postgres;
using Sensing.CloudIngest.Tests.Support;
using Sensing.Events;
using Sensing.Testing;

namespace Sensing.CloudIngest.Tests.Store.Postgres;

/// <summary>Servers that go and come back, connections that are cut, queries that are given up.</summary>
[TimeLimit(minutes: 4, reason: "Property tests over a real database, which shares two cores with the brokers of other tests.")]
public class ConnectionTests(PostgresDatabases databases) : PostgresServerStores(databases)
{
    [Fact]
    public async Task A_server_that_is_stopped_hard_fails_the_append_with_what_happened_and_the_next_one_after_its_return_goes_on()
    {
        await using PostgresServer server = await PostgresServer.StartAsync(Cancel);
        Database = PostgresDatabases.Options(server, await server.CreateDatabaseAsync(Cancel)) with { ConnectTimeoutSeconds = 2 };
        PostgresEventStore store = await OpenAsync();
        await store.Listening.WaitAsync(Cancel);
        await AppendAsync(store, Sample.Other("before", Sample.Noon));
        Assert.Single(await store.ReadSeriesAsync(Cancel));

        await server.StopAsync(Cancel);
        StoreException append = await Assert.ThrowsAsync<StoreException>(() => AppendAsync(store, Sample.Other("during", Sample.Noon)));
        StoreException read = await Assert.ThrowsAsync<StoreException>(() => store.ReadHeadAsync(Cancel));
        Assert.Contains($"{Database.Database} at 127.0.0.1:{server.Port}", append.Message, StringComparison.Ordinal);
        Assert.Contains("127.0.0.1", read.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<StoreException>(() => AppendAsync(store, Sample.Other("during", Sample.Noon)));
        long seen = store.Commits.Version;

        await server.StartAsync(Cancel);
        Assert.Equal(1, (await AppendAsync(store, Sample.Other("during", Sample.Noon))).Added);

        Assert.Equal(["before", "during"], (await Everything.OfAsync(store, Cancel)).Select(item => item.Event.Id));
        // The own commit, and the listener's return: what others have committed meanwhile is not missed.
        await store.Commits.WaitAsync(seen + 1, Cancel);
    }

    [Fact]
    public async Task Batches_that_are_tried_again_through_hard_stops_are_stored_once_and_in_order()
    {
        await using PostgresServer server = await PostgresServer.StartAsync(Cancel);
        Database = PostgresDatabases.Options(server, await server.CreateDatabaseAsync(Cancel)) with { ConnectTimeoutSeconds = 2 };
        PostgresEventStore store = await OpenAsync();
        const int Batches = 120;
        int failures = 0;
        var progress = new SemaphoreSlim(0);
        Task writing = Task.Run(async () =>
        {
            for (int i = 0; i < Batches; i++)
            {
                LogRecord[] records =
                [
                    .. Enumerable.Range(0, 20).Select(k => Sample.Record(Sample.Other($"{(i * 20) + k:00000}", Sample.Noon.AddSeconds(i)))),
                    new DeadLetterRecord("t", "{}", new byte[] { (byte)i }, $"{i}", Sample.Noon.AddTicks(i)),
                ];
                for (bool written = false; !written;)
                {
                    try
                    {
                        await store.AppendAsync(records, [], Cancel);
                        written = true;
                    }
                    catch (StoreException)
                    {
                        failures++;
                    }
                }

                progress.Release();
            }
        }, Cancel);
        for (int stop = 0; stop < 3; stop++)
        {
            for (int i = 0; i < 20; i++)
            {
                await (await Task.WhenAny(progress.WaitAsync(Cancel), writing));
            }

            await server.StopAsync(Cancel);
            await server.StartAsync(Cancel);
        }

        await writing;

        IReadOnlyList<StoredEvent> all = await Everything.OfAsync(store, Cancel);
        TestContext.Current.TestOutputHelper?.WriteLine($"3 hard stops, {failures} failed tries, expected {Batches * 20}, stored {all.Count}");
        Assert.True(failures > 0);
        Assert.Equal(Enumerable.Range(0, Batches * 20).Select(i => $"{i:00000}"), all.Select(item => item.Event.Id));
        Assert.Equal(Batches, (await store.ReadDeadLettersAsync(1000, Cancel)).Count);
        Assert.Equal(Batches * 20, (await store.ReadRollupsAsync(new RollupQuery(SeriesFilter.All, RollupStep.Hour, null, null, 10), Cancel)).Sum(item => item.Count));
    }

    [Fact]
    public async Task A_connection_that_is_cut_in_the_middle_of_an_append_leaves_nothing_and_the_same_append_goes_through()
    {
        PostgresEventStore store = await OpenAsync();
        await AppendAsync(store, Sample.Other("before", Sample.Noon));
        await using NpgsqlConnection other = await Server.ConnectAsync(Database.Database, Cancel);
        await using NpgsqlTransaction holding = await other.BeginTransactionAsync(Cancel);
        // The append has copied its events and waits for this table.
        await RunAsync(other, "LOCK TABLE rollups IN ACCESS EXCLUSIVE MODE");
        Task<AppendResult> append = AppendAsync(store, Sample.Other("after", Sample.Noon));
        await UntilWaitingAsync(1, append);

        Assert.True(await ScalarAsync<bool>($"SELECT bool_and(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE datname = '{Database.Database}' AND application_name = 'cloud-ingest writer'"));

        await Assert.ThrowsAsync<StoreException>(() => append);
        await holding.RollbackAsync(Cancel);
        Assert.Equal(["before"], (await Everything.OfAsync(store, Cancel)).Select(item => item.Event.Id));
        Assert.Equal(1, (await AppendAsync(store, Sample.Other("after", Sample.Noon))).Added);
        Assert.Equal(2, (await store.ReadSeriesAsync(Cancel)).Single().Count);
    }

    [Fact]
    public async Task Cancellation_stops_a_query_in_the_database()
    {
        PostgresEventStore store = await OpenAsync();
        await AppendAsync(store, Sample.Vehicle(Sample.Noon));
        await using NpgsqlConnection other = await Server.ConnectAsync(Database.Database, Cancel);
        await using NpgsqlTransaction holding = await other.BeginTransactionAsync(Cancel);
        await RunAsync(other, "LOCK TABLE series IN ACCESS EXCLUSIVE MODE");
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        Task<EventPage> endless = store.ReadEventsAsync(new EventQuery(SeriesFilter.All, null, null, false, null, 10), stop.Token);
        await UntilWaitingAsync(1, endless);

        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => endless);
        await UntilWaitingAsync(0);
        await holding.RollbackAsync(Cancel);
        Assert.Single((await store.ReadEventsAsync(new EventQuery(SeriesFilter.All, null, null, false, null, 10), Cancel)).Items);
    }

    [Fact]
    public async Task A_query_that_takes_too_long_is_stopped_and_says_so()
    {
        Database = Database with { QueryTimeoutSeconds = 1 };
        PostgresEventStore store = await OpenAsync();
        await using NpgsqlConnection other = await Server.ConnectAsync(Database.Database, Cancel);
        await using NpgsqlTransaction holding = await other.BeginTransactionAsync(Cancel);
        await RunAsync(other, "LOCK TABLE series IN ACCESS EXCLUSIVE MODE");

        StoreException stopped = await Assert.ThrowsAsync<StoreException>(() => store.ReadSeriesAsync(Cancel));

        Assert.Contains(Database.Database, stopped.Message, StringComparison.Ordinal);
        await UntilWaitingAsync(0);
    }

    [Fact]
    public async Task The_password_is_read_from_its_file_at_each_connect_and_is_in_no_error()
    {
        using var folder = new TemporaryFolder();
        Database = Database with { User = PostgresServer.CheckedUser, PasswordFile = folder["password"] };
        await File.WriteAllTextAsync(folder["password"], "something else\n", Cancel);
        StoreException refused = await Assert.ThrowsAsync<StoreException>(() => OpenAsync());
        Assert.Contains("passwordFile", refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("something else", refused.ToString(), StringComparison.Ordinal);

        File.Copy(Server.PasswordFile, folder["password"], overwrite: true);
        PostgresEventStore store = await OpenAsync();
        Assert.Equal(0, await store.ReadHeadAsync(Cancel));

        File.Delete(folder["password"]);
        Assert.Contains(folder["password"], (await Assert.ThrowsAsync<StoreException>(() => OpenAsync())).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_database_that_is_not_there_is_named_with_what_to_do()
    {
        Database = Database with { Database = "nowhere" };

        Assert.Contains("CREATE DATABASE", (await Assert.ThrowsAsync<StoreException>(() => OpenAsync())).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task With_tls_the_server_must_be_of_the_named_authority_and_the_client_shows_its_certificate()
    {
        using var authority = new Certificates("authority");
        using var stranger = new Certificates("stranger");
        using var folder = new TemporaryFolder();
        await File.WriteAllTextAsync(folder["ca.pem"], authority.Authority.ExportCertificatePem(), Cancel);
        await File.WriteAllTextAsync(folder["stranger.pem"], stranger.Authority.ExportCertificatePem(), Cancel);
        Certificates.Write(authority.Issue("127.0.0.1"), folder["server.pem"], folder["server.key"]);
        Certificates.Write(authority.Issue("cloud-ingest"), folder["client.pem"], folder["client.key"]);
        await using PostgresServer server = await PostgresServer.StartWithTlsAsync(folder["ca.pem"], folder["server.pem"], folder["server.key"], Cancel);
        var tls = new ClientTlsOptions { CaFile = folder["ca.pem"], CertificateFile = folder["client.pem"], KeyFile = folder["client.key"] };
        Database = PostgresDatabases.Options(server, await server.CreateDatabaseAsync(Cancel)) with { User = "cloud-ingest", Tls = tls };

        PostgresEventStore store = await OpenAsync();
        Assert.Equal(1, (await AppendAsync(store, Sample.Vehicle(Sample.Noon))).Added);

        Database = Database with { Tls = tls with { CaFile = folder["stranger.pem"] } };
        await Assert.ThrowsAsync<StoreException>(() => OpenAsync());
        Database = Database with { Tls = new ClientTlsOptions { CaFile = folder["ca.pem"] } };
        await Assert.ThrowsAsync<StoreException>(() => OpenAsync());
        Database = Database with { Tls = null };
        await Assert.ThrowsAsync<StoreException>(() => OpenAsync());
        Database = Database with { Tls = tls with { KeyFile = folder["server.key"] } };
        Assert.Contains($"tls.certificateFile {folder["client.pem"]}", (await Assert.ThrowsAsync<StoreException>(() => OpenAsync())).Message, StringComparison.Ordinal);
        Database = Database with { Tls = tls with { CaFile = folder["nowhere.pem"] } };
        Assert.Contains($"tls.caFile {folder["nowhere.pem"]}", (await Assert.ThrowsAsync<StoreException>(() => OpenAsync())).Message, StringComparison.Ordinal);
    }

    private static async Task RunAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(Cancel);
    }

    /// <summary>Asks the database until so many of this test's statements wait for a lock; each question takes its time there.</summary>
    /// <param name="count">How many.</param>
    /// <param name="work">Theirs; where it fails before it waits, nothing else will.</param>
    private async Task UntilWaitingAsync(long count, Task? work = null)
    {
        while (await ScalarAsync<long>(
            $"SELECT count(*) FROM pg_stat_activity, pg_sleep(0.01) WHERE datname = '{Database.Database}' AND state = 'active' AND wait_event_type = 'Lock'") != count)
        {
            if (work is { IsCompleted: true })
            {
                await work;
            }
        }
    }
}

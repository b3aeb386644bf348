using Microsoft.Data.Sqlite;
using Sensing.CloudIngest.Configuration;
using Sensing.CloudIngest.Store;
using Sensing.CloudIngest.Store.Sqlite;
using Sensing.CloudIngest.Tests.Support;
using Sensing.Events;
using Sensing.Testing;

namespace Sensing.CloudIngest.Tests.Store;

public sealed class SqliteEventStoreTests : EventStoreContract
{
    protected override IEventStore Create(string folder, StoreOptions options, EventCatalogue catalogue, TimeProvider time) =>
        new SqliteEventStore(options with { Path = Path.Combine(folder, "store.db") }, catalogue, 2, time);

    protected override Task EraseAsync(string folder)
    {
        foreach (string file in Directory.EnumerateFiles(folder))
        {
            File.Delete(file);
        }

        return Task.CompletedTask;
    }

    protected override async Task RefusePoisonAsync(string folder)
    {
        await using var connection = new SqliteConnection($"Data Source={Path.Combine(folder, "store.db")};Pooling=False");
        await connection.OpenAsync(Cancel);
        await using SqliteCommand command = connection.CreateCommand();
        command.CommandText = "CREATE TRIGGER refuse BEFORE INSERT ON events WHEN NEW.id LIKE 'POISON%' BEGIN SELECT RAISE(ABORT, 'poison'); END";
        await command.ExecuteNonQueryAsync(Cancel);
    }

    [Fact]
    public async Task Nobody_else_may_read_the_files()
    {
        using var folder = new TemporaryFolder();
        await using var store = new SqliteEventStore(new StoreOptions { Path = folder["store.db"] }, Sample.Catalogue, 2, TimeProvider.System);
        await store.OpenAsync(Cancel);
        await store.AppendAsync([Sample.Record(Sample.Vehicle(Sample.Noon))], [], Cancel);

        string[] files = Directory.GetFiles(folder.Path);
        Assert.Contains(folder["store.db-wal"], files);
        Assert.All(files, file => Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, new FileInfo(file).UnixFileMode));
    }

    [Fact]
    public async Task Cancellation_interrupts_a_statement_that_would_never_end()
    {
        using var folder = new TemporaryFolder();
        using var readers = new SqliteReaders($"Data Source={folder["any.db"]};Pooling=False", 1);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        var begun = new TaskCompletionSource();
        Task<long> endless = readers.RunAsync(connection =>
        {
            using SqliteCommand command = connection.CreateCommand();
            connection.CreateFunction("begun", () => begun.TrySetResult() ? 1 : 0);
            command.CommandText = "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + begun() FROM n) SELECT count(*) FROM n";
            return (long)command.ExecuteScalar()!;
        }, stop.Token);
        await begun.Task.WaitAsync(Cancel);

        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => endless);
        Assert.Equal(7, await readers.RunAsync(connection =>
        {
            using SqliteCommand command = connection.CreateCommand();
            command.CommandText = "SELECT 7";
            return (long)command.ExecuteScalar()!;
        }, Cancel));
    }

    /// <summary>Looks without a pause while each commit brings a pair of stream and type that is new.</summary>
    [Fact]
    public async Task A_reader_who_chose_misses_no_event_of_a_series_that_is_new()
    {
        const int Count = 2000;
        using var folder = new TemporaryFolder();
        await using var store = new SqliteEventStore(new StoreOptions { Path = folder["store.db"] }, Sample.Catalogue, 2, Time);
        await store.OpenAsync(Cancel);
        Task writing = Task.Run(async () =>
        {
            for (int i = 0; i < Count; i++)
            {
                await store.AppendAsync([Sample.Record(Sample.Other($"{i:0000}", Sample.Noon, stream: new StreamAddress("s", "n", $"x{i}")))], [], Cancel);
            }
        }, Cancel);

        var seen = new List<string>();
        var chosen = new SeriesFilter([], [Sample.OtherType]);
        long position = 0;
        LivePage page;
        bool isWritten;
        do
        {
            isWritten = writing.IsCompleted;
            page = await store.ReadAfterAsync(position, chosen, 100, Cancel);
            seen.AddRange(page.Items.Select(item => item.Event.Id));
            position = page.Position;
        }
        while (!isWritten || page.More);

        await writing;
        Assert.Equal(Enumerable.Range(0, Count).Select(i => $"{i:0000}"), seen);
    }

    [Fact]
    public async Task A_file_of_another_program_is_refused_and_left_alone()
    {
        using var folder = new TemporaryFolder();
        string path = folder["other.db"];
        await using (var connection = new SqliteConnection($"Data Source={path};Pooling=False"))
        {
            await connection.OpenAsync(Cancel);
            using SqliteCommand command = connection.CreateCommand();
            command.CommandText = "CREATE TABLE t (x); PRAGMA user_version = 7;";
            await command.ExecuteNonQueryAsync(Cancel);
        }

        byte[] before = await File.ReadAllBytesAsync(path, Cancel);
        await using var store = new SqliteEventStore(new StoreOptions { Path = path }, Sample.Catalogue, 1, Time);
        StoreException refused = await Assert.ThrowsAsync<StoreException>(() => store.OpenAsync(Cancel));

        Assert.Contains(path, refused.Message, StringComparison.Ordinal);
        Assert.Equal(before, await File.ReadAllBytesAsync(path, Cancel));
    }

    [Fact]
    public async Task A_damaged_file_is_refused_with_what_to_do_and_not_replaced()
    {
        using var folder = new TemporaryFolder();
        string path = folder["damaged.db"];
        await File.WriteAllTextAsync(path, new string('x', 10_000), Cancel);
        await using var store = new SqliteEventStore(new StoreOptions { Path = path }, Sample.Catalogue, 1, Time);

        StoreException refused = await Assert.ThrowsAsync<StoreException>(() => store.OpenAsync(Cancel));

        Assert.Contains("move a damaged file away", refused.Message, StringComparison.Ordinal);
        Assert.Equal(10_000, new FileInfo(path).Length);
    }

    [Fact]
    public async Task The_log_is_begun_anew_while_events_come()
    {
        using var folder = new TemporaryFolder();
        await using var store = new SqliteEventStore(new StoreOptions { Path = folder["store.db"] }, Sample.Catalogue, 1, Time);
        await store.OpenAsync(Cancel);
        string data = $"\"{new string('x', 65_536)}\"";
        const int Batches = 20;
        const int Events = 200;
        for (int batch = 0; batch < Batches; batch++)
        {
            await store.AppendAsync([.. Enumerable.Range(0, Events).Select(i => Sample.Record(Sample.Other($"{batch} {i}", Sample.Noon, data)))], [], Cancel);
        }

        Assert.InRange(new FileInfo(folder["store.db-wal"]).Length, 1, Batches * Events * data.Length / 2);
    }
}

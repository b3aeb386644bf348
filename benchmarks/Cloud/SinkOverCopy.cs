using System.Diagnostics;
using System.Text;
using Npgsql;
using NpgsqlTypes;
using Sensing.CloudIngest.Configuration;
using Sensing.CloudIngest.Log;
using Sensing.CloudIngest.Store.Postgres;
using Sensing.Das.Events;
using Sensing.Events;
using Sensing.Testing;

namespace Sensing.Benchmarks.Cloud;

/// <summary>Rows a second of the PostgreSQL store's append against a plain binary COPY of the same rows into a plain table, in turns on one
/// server of its own, every commit synced to the disk.</summary>
public static class SinkOverCopy
{
    private static readonly DateTimeOffset Start = new(2026, 1, 2, 12, 0, 0, TimeSpan.Zero);

    /// <summary>What a run found.</summary>
    /// <param name="SinkPerSecond">Events a second of the append, best of the rounds.</param>
    /// <param name="CopyPerSecond">Rows a second of the copy, best of the rounds.</param>
    /// <param name="Ratio">Append over copy, median of the rounds.</param>
    /// <param name="Stored">Events that were in the store at the end, as the database counts them.</param>
    public sealed record Result(double SinkPerSecond, double CopyPerSecond, double Ratio, long Stored);

    /// <summary>Runs it.</summary>
    /// <param name="events">Events a round.</param>
    /// <param name="batch">Events of one append, and of one copy.</param>
    /// <param name="bytes">About the size of a payload.</param>
    /// <param name="rounds">Rounds; each does both.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <exception cref="MeasureException">PostgreSQL is not installed.</exception>
    public static async Task<Result> RunAsync(int events, int batch, int bytes, int rounds, CancellationToken cancellation)
    {
        if (PostgresServer.Missing is not null)
        {
            throw new MeasureException("PostgreSQL is not installed (Debian: apt-get install postgresql).");
        }

        await using PostgresServer server = await PostgresServer.StartAsync(cancellation, "fsync = on", "full_page_writes = on", "max_wal_size = 4GB", "shared_buffers = 256MB");
        string database = await server.CreateDatabaseAsync(cancellation);
        await using var store = new PostgresEventStore(
            new StoreOptions { Postgres = new PostgresOptions { Host = "127.0.0.1", Port = server.Port, Database = database, User = PostgresServer.User } },
            1, TimeProvider.System);
        await store.OpenAsync(cancellation);
        await using NpgsqlConnection plain = await server.ConnectAsync(database, cancellation);
        await ExecuteAsync(plain, "CREATE TABLE public.plain (id bytea, source text, type text, time bigint, arrival bigint, data bytea)", cancellation);

        var sink = new List<double>();
        var copy = new List<double>();
        // The first round warms both up.
        for (int round = 0; round <= rounds; round++)
        {
            EventRecord[][] batches = [.. Events(round * events, events, bytes).Chunk(batch)];
            double appended = await RateAsync(events, batches, part => store.AppendAsync(part, [], cancellation));
            double copied = await RateAsync(events, batches, part => CopyAsync(plain, part, cancellation));
            if (round > 0)
            {
                sink.Add(appended);
                copy.Add(copied);
            }
        }

        double[] ratios = [.. sink.Zip(copy, (one, other) => one / other).Order()];
        long stored = (long)(await server.ExecuteAsync(database, "SELECT count(*) FROM events", cancellation))!;
        return new Result(sink.Max(), copy.Max(), ratios[ratios.Length / 2], stored);
    }

    private static async Task<double> RateAsync(int events, EventRecord[][] batches, Func<EventRecord[], Task> write)
    {
        var watch = Stopwatch.StartNew();
        foreach (EventRecord[] part in batches)
        {
            await write(part);
        }

        return events / watch.Elapsed.TotalSeconds;
    }

    private static async Task CopyAsync(NpgsqlConnection connection, EventRecord[] records, CancellationToken cancellation)
    {
        await using NpgsqlBinaryImporter copy = await connection.BeginBinaryImportAsync("COPY public.plain FROM STDIN (FORMAT BINARY)", cancellation);
        foreach (EventRecord record in records)
        {
            await copy.StartRowAsync(cancellation);
            await copy.WriteAsync(Convert.FromHexString(record.Event.Id), NpgsqlDbType.Bytea, cancellation);
            await copy.WriteAsync(record.Event.Source.Source, NpgsqlDbType.Text, cancellation);
            await copy.WriteAsync(record.Event.Type.ToString(), NpgsqlDbType.Text, cancellation);
            await copy.WriteAsync(record.Event.Time.UtcTicks, NpgsqlDbType.Bigint, cancellation);
            await copy.WriteAsync(record.Arrival.UtcTicks, NpgsqlDbType.Bigint, cancellation);
            await copy.WriteAsync(record.Event.Data, NpgsqlDbType.Bytea, cancellation);
        }

        await copy.CompleteAsync(cancellation);
    }

    /// <summary>Vehicles on ten streams, 20 a second, with a speed to sum up; no two alike.</summary>
    private static IEnumerable<EventRecord> Events(int first, int count, int bytes)
    {
        string type = DasEvents.Vehicle.Name.ToString();
        for (int i = first; i < first + count; i++)
        {
            var source = new StreamAddress("bench", "node", $"stream-{i % 10}");
            DateTimeOffset time = Start.AddMilliseconds(i * 50L);
            string head = FormattableString.Invariant($"{{\"speedKmh\":{40 + (i % 90)},\"x\":\"");
            byte[] data = Encoding.UTF8.GetBytes(head + new string('x', Math.Max(0, bytes - head.Length - 2)) + "\"}");
            yield return new EventRecord(
                new SensorEvent(EventId.Create(source.Source, type, time, ""), source, type, time, EventPriority.Fact, data), time.AddSeconds(1), time.AddSeconds(2));
        }
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken cancellation)
    {
        await using NpgsqlCommand command = connection.CreateCommand();
#pragma warning disable CA2100 // A text of this class.
        command.CommandText = sql;
#pragma warning restore CA2100
        await command.ExecuteNonQueryAsync(cancellation);
    }
}

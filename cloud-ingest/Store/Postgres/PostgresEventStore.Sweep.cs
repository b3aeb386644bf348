using Npgsql;

namespace Sensing.CloudIngest.Store.Postgres;

public sealed partial class PostgresEventStore
{
    private readonly SweepMemory _swept = new();

    /// <remarks>Several processes may sweep one database: what one has removed the other does not find.</remarks>
    public Task<SweepResult> SweepAsync(CancellationToken cancellation) => TellAsync(async () =>
    {
        NpgsqlConnection connection = await _connections.Sweeper.OpenConnectionAsync(cancellation).ConfigureAwait(false);
        await using (connection.ConfigureAwait(false))
        {
            return await new PostgresSweep(connection, _layout, _catalogue, _options, _swept, _time.GetUtcNow()).RunAsync(cancellation).ConfigureAwait(false);
        }
    }, cancellation);
}

using System.Globalization;
using Microsoft.Data.Sqlite;

namespace Sensing.Testing.Delivery;

/// <content>Dead letters, which the query API does not tell of: counted in the store's own table.</content>
public sealed partial class DeliveryRig
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(100);

    /// <summary>Waits until as many dead letters are stored as this rig's faults have published, or none comes any more.</summary>
    private async Task DeadLettersAsync(CancellationToken cancellation)
    {
        int before = -1;
        for (TimeSpan still = TimeSpan.Zero; still < Stall; still += Look)
        {
            int now = await CountDeadLettersAsync(cancellation);
            if (now >= Garbage)
            {
                return;
            }

            still = now > before ? TimeSpan.Zero : still;
            before = now;
            await Task.Delay(Look, TimeProvider.System, cancellation);
        }
    }

    private async Task<int> CountDeadLettersAsync(CancellationToken cancellation)
    {
        const string Sql = "SELECT count(*) FROM dead_letters";
        if (_store.Postgres is { } database)
        {
            return Convert.ToInt32(await Postgres.ExecuteAsync(database.Database, Sql, cancellation), CultureInfo.InvariantCulture);
        }

        await using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = _store.Path, Pooling = false }.ToString());
        await connection.OpenAsync(cancellation);
        await using SqliteCommand command = connection.CreateCommand();
        command.CommandText = Sql;
        return Convert.ToInt32(await command.ExecuteScalarAsync(cancellation), CultureInfo.InvariantCulture);
    }
}

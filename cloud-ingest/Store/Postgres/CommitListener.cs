using Npgsql;

namespace Sensing.CloudIngest.Store.Postgres;

/// <summary>Hears of the commits of other processes (LISTEN/NOTIFY) and raises the signal of this one.</summary>
/// <remarks>Lost connections are made anew; what may have been missed until one is there, the first one too, counts as one commit.</remarks>
internal sealed class CommitListener : IAsyncDisposable
{
    public const string Channel = "sensing_commits";

    private static readonly TimeSpan FirstRetry = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LastRetry = TimeSpan.FromSeconds(5);

    private readonly NpgsqlDataSource _source;
    private readonly string _own;
    private readonly CommitSignal _commits;
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _listening;

    /// <param name="source">Connections for it alone.</param>
    /// <param name="own">What the commits of this process say; they are signalled already.</param>
    /// <param name="commits">Raised at each commit of another process.</param>
    /// <param name="begun">Whether and since when commits are heard.</param>
    public CommitListener(NpgsqlDataSource source, string own, CommitSignal commits, TaskCompletionSource begun)
    {
        _source = source;
        _own = own;
        _commits = commits;
        _listening = Task.Run(() => ListenAsync(begun));
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        await _listening.ConfigureAwait(false);
        _stop.Dispose();
    }

    private async Task ListenAsync(TaskCompletionSource begun)
    {
        TimeSpan wait = FirstRetry;
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                NpgsqlConnection connection = await _source.OpenConnectionAsync(_stop.Token).ConfigureAwait(false);
                await using (connection.ConfigureAwait(false))
                {
                    connection.Notification += (_, notice) =>
                    {
                        if (notice.Payload != _own)
                        {
                            _commits.Raise();
                        }
                    };
                    NpgsqlCommand command = connection.CreateCommand();
                    await using (command.ConfigureAwait(false))
                    {
                        command.CommandText = $"LISTEN {Channel}";
                        await command.ExecuteNonQueryAsync(_stop.Token).ConfigureAwait(false);
                    }

                    wait = FirstRetry;
                    _commits.Raise();
                    begun.TrySetResult();

                    while (true)
                    {
                        await connection.WaitAsync(_stop.Token).ConfigureAwait(false);
                    }
                }
            }
#pragma warning disable CA1031 // Whatever went wrong: readers look at the store at their heartbeat, and the connection is tried again. While it is stopped, nothing is.
            catch (Exception)
#pragma warning restore CA1031
            {
                await Task.Delay(wait, TimeProvider.System, _stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                wait = wait * 2 < LastRetry ? wait * 2 : LastRetry;
            }
        }
    }
}

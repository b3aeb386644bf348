using System.Threading.Channels;
using MQTTnet;
using Sensing.Events;

namespace Sensing.Testing.Delivery;

/// <summary>Publishes a list of events as an outbox does: many in flight, in order, and what was not acknowledged again after a reconnect.</summary>
/// <param name="events">In the order in which they are sent.</param>
/// <param name="port">The broker's, on loopback.</param>
/// <param name="clientId">Different for each publisher of one broker.</param>
/// <param name="admit">Waited for before each event is sent, with its number from 0; absent: as fast as it goes.</param>
public sealed class SteadyPublisher(
    IReadOnlyList<SensorEvent> events, int port, string clientId = "publisher", Func<int, CancellationToken, Task>? admit = null)
{
    private const int Window = 200;

    /// <summary>Before the next try where one failed.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(10);

    private readonly bool[] _acknowledged = new bool[events.Count];
    private readonly Channel<int> _acknowledgements = Channel.CreateUnbounded<int>();
    private long _count;

    /// <summary>Publishes that were sent more than once.</summary>
    public int Repeats { get; private set; }

    public int Connections { get; private set; }

    public long Acknowledged => Interlocked.Read(ref _count);

    /// <summary>Completes after <paramref name="count"/> more acknowledgements.</summary>
    public async Task WaitAsync(int count, CancellationToken cancellation)
    {
        for (int i = 0; i < count; i++)
        {
            await _acknowledgements.Reader.ReadAsync(cancellation);
        }
    }

    /// <summary>Runs until everything is acknowledged.</summary>
    /// <param name="up">Completes when the broker can be reached; asked for before each connection.</param>
    /// <param name="cancellation">Ends it early.</param>
    public async Task RunAsync(Func<Task> up, CancellationToken cancellation)
    {
        int sent = 0;
        while (_acknowledged.Contains(false))
        {
            await up().WaitAsync(cancellation);
            try
            {
                using IMqttClient client = await Mqtt.ConnectAsync(port, cancellation, options => options.WithClientId(clientId).WithCleanStart(false).WithSessionExpiryInterval(600));
                Connections++;
                // MQTTnet leaves publishes waiting when the broker says goodbye, so the end of the connection ends them here.
                using var connection = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
                client.DisconnectedAsync += _ =>
                {
                    connection.Cancel();
                    return Task.CompletedTask;
                };
                if (!client.IsConnected)
                {
                    continue;
                }

                int begin = Array.IndexOf(_acknowledged, false);
                Repeats += Math.Max(0, sent - begin);
                var window = new SemaphoreSlim(Window);
                var publishing = new Queue<Task>();
                for (int i = begin; i < events.Count; i++)
                {
                    if (admit is not null)
                    {
                        await admit(i, connection.Token);
                    }

                    await window.WaitAsync(connection.Token);
                    while (publishing.TryPeek(out Task? oldest) && oldest.IsCompleted)
                    {
                        await publishing.Dequeue();
                    }

                    sent = Math.Max(sent, i + 1);
                    Task taken = PublishAsync(client, i, window, connection.Token);
                    if (i == begin)
                    {
                        // As the node's publisher does: the first alone, since a broker that has restarted may not know its subscribers
                        // yet and would take later ones only.
                        await taken;
                    }

                    publishing.Enqueue(taken);
                }

                await Task.WhenAll(publishing);
            }
            catch (Exception) when (!cancellation.IsCancellationRequested)
            {
                // The connection went: the loop sends again what was not acknowledged.
                await Task.Delay(Pause, TimeProvider.System, cancellation);
            }
        }
    }

    private async Task PublishAsync(IMqttClient client, int index, SemaphoreSlim window, CancellationToken cancellation)
    {
        try
        {
            MqttClientPublishResult result = await client.PublishAsync(Mqtt.Message(events[index]), cancellation);
            if (result.ReasonCode != MqttClientPublishReasonCode.Success)
            {
                // MQTTnet counts 'no matching subscribers' as success: the broker has it, and nobody keeps it.
                throw new IOException($"The broker did not keep it ({result.ReasonCode}).");
            }

            if (!_acknowledged[index])
            {
                _acknowledged[index] = true;
                Interlocked.Increment(ref _count);
                _acknowledgements.Writer.TryWrite(index);
            }
        }
        finally
        {
            window.Release();
        }
    }
}

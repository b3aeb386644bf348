using System.Threading.Channels;
using MQTTnet;
using Sensing.Events;

namespace Sensing.CloudIngest.Tests.Support;

/// <summary>Publishes a list of events as an outbox does: many in flight, in order, and what was not acknowledged again after a reconnect.</summary>
public sealed class SteadyPublisher(IReadOnlyList<SensorEvent> events, int port)
{
    private const int Window = 200;

    private readonly bool[] _acknowledged = new bool[events.Count];
    private readonly Channel<int> _acknowledgements = Channel.CreateUnbounded<int>();

    /// <summary>Publishes that were sent more than once.</summary>
    public int Repeats { get; private set; }

    public int Connections { get; private set; }

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
                using IMqttClient client = await Mqtt.ConnectAsync(port, cancellation, options => options.WithClientId("publisher").WithCleanStart(false).WithSessionExpiryInterval(600));
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
                var publishing = new List<Task>();
                for (int i = begin; i < events.Count; i++)
                {
                    await window.WaitAsync(connection.Token);
                    if (publishing.Find(task => task.IsFaulted || task.IsCanceled) is { } failed)
                    {
                        await failed;
                    }

                    sent = Math.Max(sent, i + 1);
                    publishing.Add(PublishAsync(client, i, window, connection.Token));
                }

                await Task.WhenAll(publishing);
            }
            catch (Exception) when (!cancellation.IsCancellationRequested)
            {
                // The connection went: the loop sends again what was not acknowledged.
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
                _acknowledgements.Writer.TryWrite(index);
            }
        }
        finally
        {
            window.Release();
        }
    }
}

using System.Buffers;
using Microsoft.Extensions.Logging;
using MQTTnet;
using MQTTnet.Protocol;
using Sensing.EdgeNode.Models;

namespace Sensing.EdgeNode.Publishing;

/// <summary>Subscribes to the manifests of the models that the node fetches, for one connection. They are retained: each connection brings them.</summary>
internal sealed class ModelSubscription : IDisposable
{
    private const string Prefix = "sensing/models/v1/";

    private readonly IMqttClient _client;
    private readonly ModelUpdates _updates;
    private readonly ILogger _logger;
    private readonly CancellationTokenSource _ended = new();

    public ModelSubscription(IMqttClient client, ModelUpdates updates, ILogger logger)
    {
        (_client, _updates, _logger) = (client, updates, logger);
        client.ApplicationMessageReceivedAsync += ReceiveAsync;
        _ = SubscribeAsync();
    }

    public void Dispose()
    {
        _client.ApplicationMessageReceivedAsync -= ReceiveAsync;
        _ended.Cancel();
    }

    private async Task SubscribeAsync()
    {
        try
        {
            foreach (string name in _updates.Names)
            {
                MqttClientSubscribeResult answer = await _client.SubscribeAsync(Prefix + name, MqttQualityOfServiceLevel.AtLeastOnce, _ended.Token);
                if (answer.Items.FirstOrDefault() is { ResultCode: > MqttClientSubscribeResultCode.GrantedQoS2 } refused)
                {
                    ModelLog.NotHeard(_logger, $"the broker refuses the subscription to {Prefix}{name} ({refused.ResultCode})");
                }
            }
        }
#pragma warning disable CA1031 // The connection is ending, and the next one subscribes anew.
        catch (Exception error)
#pragma warning restore CA1031
        {
            if (!_ended.IsCancellationRequested)
            {
                ModelLog.NotHeard(_logger, error.Message);
            }
        }
    }

    private Task ReceiveAsync(MqttApplicationMessageReceivedEventArgs received)
    {
        MqttApplicationMessage message = received.ApplicationMessage;
        if (message.Topic.StartsWith(Prefix, StringComparison.Ordinal) && message.Payload.Length <= ManifestCheck.MaxBytes)
        {
            _updates.Offer(message.Topic[Prefix.Length..], message.Payload.ToArray());
        }

        return Task.CompletedTask;
    }
}

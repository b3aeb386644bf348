using System.Buffers;
using System.Text;
using Microsoft.Extensions.Logging;
using MQTTnet;
using MQTTnet.Packets;
using MQTTnet.Protocol;
using Sensing.EdgeNode.Streams;
using Sensing.Events;

namespace Sensing.EdgeNode.Publishing;

/// <summary>Subscribes to what the node's streams read from the site's other nodes, for one connection.</summary>
/// <remarks>At most once (QoS 0): readers want the present. A message is ignored unless it is an event and its topic fits its source and type. Where nothing is
/// read, nothing is subscribed, so that a node on a mobile network is sent nothing that it does not use.</remarks>
internal sealed class SiteSubscription : IDisposable
{
    /// <summary>Assembles events; their types are the readers' concern.</summary>
    private static readonly EventCatalogue AnyType = new();

    private readonly IMqttClient _client;
    private readonly string _site;
    private readonly string _node;
    private readonly SiteEvents _events;
    private readonly ILogger _logger;
    private readonly SemaphoreSlim _changing = new(1, 1);
    private readonly CancellationTokenSource _ended = new();
    private HashSet<EventTypeName> _subscribed = [];

    public SiteSubscription(IMqttClient client, string site, string node, SiteEvents events, ILogger logger)
    {
        _client = client;
        _site = site;
        _node = node;
        _events = events;
        _logger = logger;
        client.ApplicationMessageReceivedAsync += ReceiveAsync;
        events.Changed += Update;
        Update();
    }

    public void Dispose()
    {
        _events.Changed -= Update;
        _client.ApplicationMessageReceivedAsync -= ReceiveAsync;
        _ended.Cancel();
    }

    private void Update() => _ = UpdateAsync();

    private async Task UpdateAsync()
    {
        try
        {
            await _changing.WaitAsync(_ended.Token).ConfigureAwait(false);
            try
            {
                HashSet<EventTypeName> wanted = [.. _events.Types];
                foreach (EventTypeName type in wanted.Except(_subscribed))
                {
                    await SubscribeAsync(type).ConfigureAwait(false);
                }

                foreach (EventTypeName type in _subscribed.Except(wanted))
                {
                    await _client.UnsubscribeAsync(
                        new MqttClientUnsubscribeOptions { TopicFilters = [Filter(type)] }, _ended.Token).ConfigureAwait(false);
                }

                _subscribed = wanted;
            }
            finally
            {
                _changing.Release();
            }
        }
#pragma warning disable CA1031 // The connection is ending, and the next one subscribes anew.
        catch (Exception error)
#pragma warning restore CA1031
        {
            if (!_ended.IsCancellationRequested)
            {
                PublisherLog.SiteNotHeard(_logger, _site, error.Message);
            }
        }
    }

    private async Task SubscribeAsync(EventTypeName type)
    {
        var options = new MqttClientSubscribeOptions
        {
            TopicFilters =
            [
                new MqttTopicFilter
                {
                    Topic = Filter(type),
                    QualityOfServiceLevel = MqttQualityOfServiceLevel.AtMostOnce,
                    NoLocal = true,
                    RetainHandling = MqttRetainHandling.DoNotSendOnSubscribe,
                },
            ],
        };
        MqttClientSubscribeResult answer = await _client.SubscribeAsync(options, _ended.Token).ConfigureAwait(false);
        if (answer.Items.FirstOrDefault() is { ResultCode: > MqttClientSubscribeResultCode.GrantedQoS2 } refused)
        {
            PublisherLog.SiteNotHeard(_logger, _site, $"the broker refuses the subscription to {Filter(type)} ({refused.ResultCode})");
        }
    }

    private string Filter(EventTypeName type) => $"sensing/v1/{_site}/+/+/{type.Pipeline}/{type.Fact}";

    private Task ReceiveAsync(MqttApplicationMessageReceivedEventArgs received)
    {
        MqttApplicationMessage message = received.ApplicationMessage;
        bool isEvent = EventAttributes.TryAssemble(
            AnyType, Attribute("specversion"), Attribute("id"), Attribute("source"), Attribute("type"), Attribute("time"),
            message.Payload.ToArray(), out SensorEvent? made, out _);
        if (isEvent && made!.Topic == message.Topic && made.Source.Node != _node)
        {
            _events.Publish([made]);
        }

        return Task.CompletedTask;

        string? Attribute(string name) => message.UserProperties?.Find(property => property.Name == name) is { } found
            ? Encoding.UTF8.GetString(found.ValueBuffer.Span)
            : null;
    }
}

using System.Text.Json;
using Sensing.CloudIngest.Configuration;
using Sensing.Events;

namespace Sensing.CloudIngest.Log.Kafka;

/// <summary>Names of the topics, with their prefix.</summary>
internal sealed class KafkaTopicNames(KafkaTopicOptions options)
{
    private readonly Dictionary<KafkaTopic, string> _names =
        Enum.GetValues<KafkaTopic>().ToDictionary(topic => topic, topic => options.Prefix + JsonNamingPolicy.CamelCase.ConvertName(topic.ToString()));

    public IReadOnlyCollection<string> All => _names.Values;

    public string Node => _names[KafkaTopic.Node];

    public string DeadLetter => _names[KafkaTopic.Deadletter];

    public string this[KafkaTopic topic] => _names[topic];

    /// <summary>The topic of an event; a pipeline without one of its own shares <c>other</c>, so that nodes cannot make topics.</summary>
    public string Of(EventTypeName type) => _names[type.Pipeline switch
    {
        "das" => KafkaTopic.Das,
        "traffic" => KafkaTopic.Traffic,
        "marine" => KafkaTopic.Marine,
        "drone" => KafkaTopic.Drone,
        "node" => KafkaTopic.Node,
        _ => KafkaTopic.Other,
    }];
}

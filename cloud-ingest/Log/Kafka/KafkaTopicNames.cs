using Sensing.CloudIngest.Configuration;
using Sensing.Events;
using Sensing.Events.Node;

namespace Sensing.CloudIngest.Log.Kafka;

/// <summary>The topics: one for each event family, one for events of families that this program does not know, one for dead letters.</summary>
/// <remarks>Topics are known by their name without the prefix, which is how <c>kafka.topics.overrides</c> names them.</remarks>
internal sealed class KafkaTopicNames
{
    /// <summary>Events of families that this program does not know.</summary>
    public const string OtherTopic = "other";

    /// <summary>What is not a valid event, with the reason and its original bytes.</summary>
    public const string DeadLetterTopic = "deadletter";

    private readonly Dictionary<string, string> _names;

    /// <exception cref="ArgumentException">An event family has the name of one of the topics that are always there.</exception>
    public KafkaTopicNames(KafkaTopicOptions options, EventCatalogue catalogue)
    {
        Topics = Known(catalogue);
        _names = Topics.ToDictionary(topic => topic, topic => options.Prefix + topic, StringComparer.Ordinal);
    }

    /// <summary>The topics without their prefix.</summary>
    public IReadOnlyList<string> Topics { get; }

    /// <summary>Full names of all topics.</summary>
    public IReadOnlyCollection<string> All => _names.Values;

    /// <summary>States of nodes, and events about nodes.</summary>
    public string Node => _names[NodeEvents.Family.Name];

    public string DeadLetter => _names[DeadLetterTopic];

    /// <summary>Full name of a topic of <see cref="Topics"/>.</summary>
    public string this[string topic] => _names[topic];

    /// <summary>The topic of an event; families that this program does not know share one, so that nodes cannot make topics.</summary>
    public string Of(EventTypeName type) =>
        type.Pipeline != DeadLetterTopic && _names.TryGetValue(type.Pipeline, out string? name) ? name : _names[OtherTopic];

    /// <summary>The topics that <paramref name="catalogue"/> leads to, without their prefix.</summary>
    /// <exception cref="ArgumentException">An event family has the name of one of the topics that are always there.</exception>
    public static IReadOnlyList<string> Known(EventCatalogue catalogue)
    {
        string[] topics = [.. catalogue.Families.Select(family => family.Name), OtherTopic, DeadLetterTopic];
        return topics.Distinct().Count() == topics.Length
            ? topics
            : throw new ArgumentException(
                $"An event family must not be named '{OtherTopic}' or '{DeadLetterTopic}': these are Kafka topics of their own.", nameof(catalogue));
    }
}

using Sensing.CloudIngest.Log.Kafka;
using Sensing.Configuration;

namespace Sensing.CloudIngest.Configuration;

/// <summary>The topics: one for each event family, and two more. Those that exist are left as they are.</summary>
public sealed record KafkaTopicOptions : ICheckedOptions
{
    [Option("What the names of the topics begin with.", Pattern = "[a-zA-Z0-9._-]{0,100}", PatternMeaning = "up to 100 letters, digits, '.', '_' or '-'")]
    public string Prefix { get; init; } = "sensing.";

    [Option("Creates the topics that are absent when the process starts. Off: somebody else does, or the brokers do by themselves.")]
    public bool Create { get; init; } = true;

    [Option("Partitions of a topic. As many sinks can share it; a stream is in one of them, so that its order is kept.", Min = 1, Max = 10_000)]
    public int Partitions { get; init; } = 6;

    [Option("Copies of each partition; 0 takes the brokers' default. From 3 on an acknowledgement asks for two of them (min.insync.replicas).", Min = 0, Max = 100)]
    public int Replication { get; init; }

    [Option("How long Kafka keeps records, hours; 0 keeps them for good. Longer than a sink is ever away.", Min = 0)]
    public double RetentionHours { get; init; } = 7 * 24;

    [Option("Topics that differ from this.")]
    public KafkaTopicOverride[] Overrides { get; init; } = [new() { Topic = KafkaTopicNames.DeadLetterTopic, Partitions = 1, RetentionHours = 30 * 24 }];

    public IEnumerable<ConfigurationProblem> Check()
    {
        for (int i = 0; i < Overrides.Length; i++)
        {
            if (Array.FindIndex(Overrides, 0, i, earlier => earlier.Topic == Overrides[i].Topic) is >= 0 and int first)
            {
                yield return new ConfigurationProblem($"overrides[{i}].topic", $"is never reached: overrides[{first}] names the same topic");
            }
        }
    }
}

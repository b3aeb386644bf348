using System.Collections.Frozen;

namespace Sensing.CloudIngest.Log.Kafka;

/// <summary>Further settings of librdkafka, <c>name=value</c> a line; empty lines and those that begin with # are
/// skipped. Names are those of
/// https://github.com/confluentinc/librdkafka/blob/master/CONFIGURATION.md; each client ignores what is meant for
/// another kind.</summary>
internal static class KafkaSettingsFile
{
    private const string Guarantee = "what this program promises about delivery depends on it";

    /// <summary>What the file must not change, and why or where it is set instead.</summary>
    private static readonly FrozenDictionary<string, string> Reserved = new Dictionary<string, string>
    {
        ["bootstrap.servers"] = "set kafka.bootstrapServers",
        ["metadata.broker.list"] = "set kafka.bootstrapServers",
        ["security.protocol"] = "it follows from kafka.tls, and from kafka.sasl or sasl.mechanism",
        ["group.id"] = "set kafka.groupId",
        ["group.instance.id"] = "set kafka.instanceId",
        ["session.timeout.ms"] = "set kafka.sessionTimeoutSeconds",
        ["linger.ms"] = "set kafka.lingerMs",
        ["queue.buffering.max.ms"] = "set kafka.lingerMs",
        ["compression.type"] = "set kafka.compression",
        ["compression.codec"] = "set kafka.compression",
        ["max.in.flight"] = "set kafka.maxRequests",
        ["max.in.flight.requests.per.connection"] = "set kafka.maxRequests",
        ["message.max.bytes"] = "set limits.maxPacketBytes",
        ["acks"] = Guarantee,
        ["request.required.acks"] = Guarantee,
        ["enable.idempotence"] = Guarantee,
        ["enable.gapless.guarantee"] = Guarantee,
        ["transactional.id"] = Guarantee,
        ["message.timeout.ms"] = Guarantee,
        ["delivery.timeout.ms"] = Guarantee,
        ["retries"] = Guarantee,
        ["message.send.max.retries"] = Guarantee,
        ["batch.size"] = Guarantee,
        ["partitioner"] = Guarantee,
        ["queue.buffering.max.messages"] = Guarantee,
        ["queue.buffering.max.kbytes"] = Guarantee,
        ["queuing.strategy"] = Guarantee,
        ["enable.auto.commit"] = Guarantee,
        ["auto.commit.enable"] = Guarantee,
        ["enable.auto.offset.store"] = Guarantee,
        ["auto.offset.reset"] = Guarantee,
        ["partition.assignment.strategy"] = Guarantee,
        ["group.protocol"] = Guarantee,
        ["isolation.level"] = Guarantee,
    }.ToFrozenDictionary();

    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="InvalidDataException">A line is not a setting, or one that the file must not
    /// change.</exception>
    public static KafkaSetting[] Read(string file)
    {
        var settings = new List<KafkaSetting>();
        int number = 0;
        foreach (string line in File.ReadLines(file))
        {
            number++;
            string text = line.Trim();
            if (text.Length > 0 && text[0] != '#')
            {
                settings.Add(Parse(text, $"{file}, line {number}"));
            }
        }

        return [.. settings];
    }

    private static KafkaSetting Parse(string text, string where)
    {
        // The value is not repeated in an error: it may be a secret.
        int separator = text.IndexOf('=', StringComparison.Ordinal);
        string name = separator < 0 ? "" : text[..separator].TrimEnd();
        if (name.Length == 0)
        {
            throw new InvalidDataException($"{where}: expected name=value.");
        }

        return Reserved.TryGetValue(name, out string? reason)
            ? throw new InvalidDataException($"{where}: remove {name}; {reason}.")
            : new KafkaSetting(name, text[(separator + 1)..].TrimStart());
    }
}

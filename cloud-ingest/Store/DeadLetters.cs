using System.Text;
using Sensing.CloudIngest.Log;

namespace Sensing.CloudIngest.Store;

/// <summary>Makes dead letters of records that Kafka or the store refuses.</summary>
internal static class DeadLetters
{
    /// <summary>The dead letter that takes the place of <paramref name="record"/>, with its original bytes.</summary>
    /// <param name="record">An event, a node's status or a dead letter.</param>
    /// <param name="reason">Why it was refused.</param>
    public static DeadLetterRecord Of(LogRecord record, string reason) => record switch
    {
        EventRecord item => new DeadLetterRecord(item.Event.Topic, DeadLetterProperties.Of(item.Event), item.Event.Data, reason, item.Arrival),
        NodeStatusRecord status => new DeadLetterRecord(
            $"sensing/v1/{status.Site}/{status.Node}/status", "{}", status.Status, reason, status.Arrival),

        // Refused although it is a dead letter: its texts are the only thing that can be at fault.
        DeadLetterRecord letter => letter with { Topic = Plain(letter.Topic), Properties = "{}", Reason = Plain($"{letter.Reason}; {reason}") },
        _ => throw new NotSupportedException($"A {record.GetType().Name} cannot become a dead letter."),
    };

    private static string Plain(string text)
    {
        var plain = new StringBuilder(text.Length);
        foreach (char character in text)
        {
            plain.Append(character is >= ' ' and <= '~' ? character : '?');
        }

        return plain.ToString();
    }
}

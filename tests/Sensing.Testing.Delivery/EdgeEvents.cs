using Sensing.EdgeNode.TestNode;
using Sensing.Events;
using Sensing.Events.Node;

namespace Sensing.Testing.Delivery;

/// <summary>What an edge node makes of the numbers 0, 1, 2, …: computed here once more, since the node's own word is what is checked.</summary>
public static class EdgeEvents
{
    /// <summary>A running sum after each number and the total at the end: right only if no number was left out or taken twice.</summary>
    /// <param name="address">The stream.</param>
    /// <param name="count">Events, one more than numbers.</param>
    /// <param name="padding">Text in each, characters.</param>
    public static IEnumerable<SensorEvent> Create(StreamAddress address, int count, int padding)
    {
        for (long number = 0, sum = 0; number < count; number++)
        {
            bool last = number == count - 1;
            sum += last ? 0 : number;
            string word = last ? "total" : "sum";
            yield return NodeEvents.Notice.Create(address, NumberBlock.Epoch.AddSeconds(number), $"{word} {sum}", new StreamNotice
            {
                Code = word,
                Severity = NoticeSeverity.Info,
                Message = $"{sum}",
                Remedy = padding > 0 ? new string('x', padding) : null,
            });
        }
    }
}

namespace Sensing.CloudIngest.Broker;

/// <summary>Who a client is, and what it may do.</summary>
/// <param name="Name">User name, or common name of its certificate: <c>{node}</c> or <c>{site}/{node}</c>.</param>
/// <param name="IsObserver">May subscribe to everything and publish nothing.</param>
public sealed record ClientIdentity(string Name, bool IsObserver)
{
    private const string Prefix = "sensing/v1/";

    /// <summary>A node publishes below its own prefix, <c>sensing/v1/{site}/{node}/</c>, and nowhere else.</summary>
    public bool MayPublish(string topic) => !IsObserver && !topic.Contains('+') && !topic.Contains('#') && IsBelow(topic);

    /// <summary>A node may hear what it says itself, an observer everything.</summary>
    public bool MaySubscribe(string filter) => IsObserver || IsBelow(filter);

    private bool IsBelow(string topic)
    {
        if (!topic.StartsWith(Prefix, StringComparison.Ordinal))
        {
            return false;
        }

        string[] parts = topic.Split('/');
        if (parts.Length < 5 || parts[2] is "+" or "#")
        {
            return false;
        }

        return Name.Contains('/') ? Name == $"{parts[2]}/{parts[3]}" : Name == parts[3];
    }
}

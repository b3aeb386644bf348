namespace Sensing.Events;

/// <summary>The event types of one pipeline. Kafka topics, retention, roll-ups, schemas and the AsyncAPI document derive from it.</summary>
public sealed class EventFamily
{
    /// <param name="name">The second part of the types' names: <c>radar</c> in <c>sensing.radar.target.v1</c>.</param>
    /// <param name="title">What a person calls the pipeline, for example <c>Radar</c>.</param>
    /// <param name="types">The types, one or more.</param>
    /// <exception cref="ArgumentException">There are no types, or one is of another family or there twice.</exception>
    public EventFamily(string name, string title, params IEnumerable<IEventType> types)
    {
        Name = name;
        Title = title;
        Types = [.. types.OrderBy(type => type.Name.ToString(), StringComparer.Ordinal)];
        if (Types.Count == 0)
        {
            throw new ArgumentException($"The event family '{name}' has no types.", nameof(types));
        }

        if (Types.FirstOrDefault(type => type.Name.Pipeline != name) is { } stranger)
        {
            throw new ArgumentException($"{stranger.Name} is not of the event family '{name}': its name must begin with sensing.{name}.", nameof(types));
        }

        if (Types.GroupBy(type => type.Name).FirstOrDefault(same => same.Count() > 1) is { } repeated)
        {
            throw new ArgumentException($"{repeated.Key} is in the event family '{name}' more than once.", nameof(types));
        }
    }

    public string Name { get; }

    public string Title { get; }

    /// <summary>The types, in the order of their names.</summary>
    public IReadOnlyList<IEventType> Types { get; }
}

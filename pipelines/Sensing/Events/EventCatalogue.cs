using Sensing.Events.Node;

namespace Sensing.Events;

/// <summary>The event families that a program knows: those of its pipelines, and the node's own.</summary>
public sealed class EventCatalogue
{
    private readonly Dictionary<EventTypeName, IEventType> _byName;

    /// <param name="families">Families of pipelines; <see cref="NodeEvents.Family"/> is always there.</param>
    /// <exception cref="ArgumentException">Two families have the same name.</exception>
    public EventCatalogue(params IEnumerable<EventFamily> families)
    {
        Families = [.. families.Append(NodeEvents.Family).OrderBy(family => family.Name, StringComparer.Ordinal)];
        if (Families.GroupBy(family => family.Name).FirstOrDefault(same => same.Count() > 1) is { } repeated)
        {
            throw new ArgumentException($"There are two event families named '{repeated.Key}'.", nameof(families));
        }

        Types = [.. Families.SelectMany(family => family.Types).OrderBy(type => type.Name.ToString(), StringComparer.Ordinal)];
        _byName = Types.ToDictionary(type => type.Name);
    }

    /// <summary>The node's own events alone.</summary>
    public static EventCatalogue NodeOnly { get; } = new();

    /// <summary>The families, in the order of their names.</summary>
    public IReadOnlyList<EventFamily> Families { get; }

    /// <summary>All types, in the order of their names.</summary>
    public IReadOnlyList<IEventType> Types { get; }

    /// <returns>Null for a type that this program does not know.</returns>
    public IEventType? Find(EventTypeName name) => _byName.GetValueOrDefault(name);

    /// <summary>Rank of a type; unknown types are facts.</summary>
    public EventPriority PriorityOf(EventTypeName name) => Find(name)?.Priority ?? EventPriority.Fact;
}

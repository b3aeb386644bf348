using Sensing.CloudIngest.Configuration;
using Sensing.Events;

namespace Sensing.CloudIngest.Store;

/// <summary>How long events are kept after their arrival: by the rules of <see cref="StoreOptions.Retention"/>, or, where there are none, as
/// long as the event types ask for, and a year where a type asks for nothing.</summary>
public sealed class RetentionRules(StoreOptions options, EventCatalogue catalogue)
{
    /// <summary>What is kept of types that ask for nothing.</summary>
    public static readonly TimeSpan Default = TimeSpan.FromDays(365);

    /// <summary>How long events of <paramref name="type"/> are kept; null: for good.</summary>
    public TimeSpan? KeepFor(string type)
    {
        if (options.Retention is not { } rules)
        {
            return EventTypeName.TryParse(type, out EventTypeName? name) ? catalogue.Find(name)?.Retention ?? Default : Default;
        }

        return Array.Find(rules, rule => rule.Matches(type)) is { Hours: > 0 } fits ? TimeSpan.FromHours(fits.Hours) : null;
    }
}

namespace Sensing.Configuration;

/// <summary>The components that configuration can choose, by kind.</summary>
public interface IComponentCatalogue
{
    /// <summary>All of a kind, in the order of their words.</summary>
    IReadOnlyList<ComponentDescription> Of(string kind);

    ComponentDescription? Find(string kind, string type);
}

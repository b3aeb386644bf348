namespace Sensing.Configuration;

/// <summary>The components that configuration can choose, by kind.</summary>
public interface IComponentCatalogue
{
    /// <summary>All of a kind, in the order of their words. Several may share a word, each for other samples.</summary>
    IReadOnlyList<ComponentDescription> Of(string kind);
}

namespace Sensing.Configuration;

/// <summary>The catalogue of a file in which nothing is chosen by a word.</summary>
public sealed class NoComponents : IComponentCatalogue
{
    public static NoComponents Instance { get; } = new();

    public IReadOnlyList<ComponentDescription> Of(string kind) => [];
}

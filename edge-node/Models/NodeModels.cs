using Sensing.EdgeNode.Configuration;
using Sensing.Models;

namespace Sensing.EdgeNode.Models;

/// <summary>The models of a node: those of its configured folder first, then those that were fetched, then those that came with the program.</summary>
public sealed class NodeModels : IModelStore
{
    /// <summary>Packages put their models below this folder beside the program: <c>models/NAME/manifest.json</c>.</summary>
    private const string PackageFolder = "models";

    private readonly IReadOnlyList<FolderModelStore> _stores;
    private readonly ModelUpdates? _updates;

    private NodeModels(IReadOnlyList<FolderModelStore> stores, ModelUpdates? updates) => (_stores, _updates) = (stores, updates);

    public IReadOnlyCollection<string> Withdrawn => _updates?.Models.Withdrawn ?? [];

    public IReadOnlyList<ModelArrival> Arrivals => _updates?.Arrivals ?? [];

    /// <param name="options">Names the folder.</param>
    /// <param name="baseDirectory">Folder that a relative path starts from.</param>
    /// <param name="programDirectory">Folder of the program; null: this program's.</param>
    public static IModelStore Of(ModelOptions options, string baseDirectory, string? programDirectory = null) =>
        Of(options, baseDirectory, programDirectory, updates: null);

    /// <summary>As above, and with the models that were fetched.</summary>
    internal static IModelStore Of(ModelOptions options, string baseDirectory, string? programDirectory, ModelUpdates? updates)
    {
        var stores = new List<FolderModelStore>();
        if (options.Directory is { } folder)
        {
            stores.Add(new FolderModelStore(Path.GetFullPath(folder, baseDirectory)));
        }

        if (updates is not null)
        {
            stores.Add(updates.Models.Store);
        }

        string packages = Path.Combine(programDirectory ?? AppContext.BaseDirectory, PackageFolder);
        if (Directory.Exists(packages))
        {
            stores.AddRange(Directory.EnumerateDirectories(packages).Order(StringComparer.Ordinal).Select(package => new FolderModelStore(package)));
        }

        return stores.Count == 0 ? NoModels.Instance : new NodeModels(stores, updates);
    }

    public IReadOnlyList<ModelDescription> List() => ModelChoice.Ordered(_stores.SelectMany(store => store.List()).Distinct());

    /// <remarks>Where the best one is damaged, that is an error: an older version is not chosen in its place.</remarks>
    public ModelDescription Find(ModelReference reference)
    {
        (FolderModelStore Store, ModelDescription Model)[] all =
            [.. _stores.SelectMany(store => store.Listed().Select(listed => (store, listed.Model)))];
        return ModelChoice.Of(all.Select(item => item.Model), reference) is { } found
            ? all.First(item => item.Model == found).Store.Find(new ModelReference(found.Name, found.Version))
            : _stores[0].Find(reference);
    }

    public ReadOnlyMemory<byte> Read(ModelDescription model) =>
        (_stores.FirstOrDefault(store => store.Entry(model) is not null) ?? _stores[0]).Read(model);
}

using Sensing.Events;
using Sensing.Streams;

namespace Sensing.Modules;

/// <summary>The modules of a program, and what follows from them.</summary>
public sealed class ModuleCatalogue
{
    private readonly Dictionary<string, IPipelineModule> _byName = new(StringComparer.Ordinal);

    /// <param name="modules">One a pipeline.</param>
    /// <exception cref="ArgumentException">Two modules have the same name, or one does not register a pipeline of its name.</exception>
    public ModuleCatalogue(params IEnumerable<IPipelineModule> modules)
    {
        Modules = [.. modules];
        foreach (IPipelineModule module in Modules)
        {
            if (!_byName.TryAdd(module.Name, module))
            {
                throw new ArgumentException($"There are two modules named '{module.Name}'.", nameof(modules));
            }

            module.Register(Streams);
            if (Streams.FindPipeline(module.Name) is null)
            {
                throw new ArgumentException($"The module '{module.Name}' does not register a pipeline of its name.", nameof(modules));
            }
        }

        // Modules of one project may share a family.
        Events = new EventCatalogue(Modules.Select(module => module.Events).Distinct());
    }

    public IReadOnlyList<IPipelineModule> Modules { get; }

    /// <summary>Sources and pipelines.</summary>
    public StreamCatalogue Streams { get; } = new();

    /// <summary>Event types, the node's own included.</summary>
    public EventCatalogue Events { get; }

    /// <returns>Null where there is no module of this name.</returns>
    public IPipelineModule? Find(string name) => _byName.GetValueOrDefault(name);
}

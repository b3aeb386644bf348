namespace Sensing.Models;

/// <summary>The model store where none is configured.</summary>
public sealed class NoModels : IModelStore
{
    public static NoModels Instance { get; } = new();

    public IReadOnlyList<ModelDescription> List() => [];

    public ModelDescription Find(ModelReference reference) => throw new ModelException(
        "models", $"the model {reference} is asked for, but there is no model store.", "Name a folder of models: models.directory in node.json, or --models.");

    public ReadOnlyMemory<byte> Read(ModelDescription model) => throw new ModelException(
        "models", $"the model {model.Name} {model.Version} cannot be read: there is no model store.", "Name a folder of models: models.directory in node.json, or --models.");
}

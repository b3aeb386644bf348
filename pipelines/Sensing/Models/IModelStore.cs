namespace Sensing.Models;

/// <summary>Models by name, version and digest, wherever they come from. In a pipeline's <see cref="Streams.StreamContext"/>.</summary>
public interface IModelStore
{
    /// <summary>The models that can be opened now, by name, the newest version of a name first.</summary>
    IReadOnlyList<ModelDescription> List();

    /// <summary>The model that fits best: of the version that is asked for, else the newest.</summary>
    /// <exception cref="ModelException">There is none, or its bytes do not have the digest.</exception>
    ModelDescription Find(ModelReference reference);

    /// <summary>The bytes of a model, checked against its digest.</summary>
    /// <exception cref="ModelException">The model is gone, or its bytes do not have the digest.</exception>
    ReadOnlyMemory<byte> Read(ModelDescription model);

    /// <summary>Digests of models that their publisher has withdrawn: they must not decide any more.</summary>
    IReadOnlyCollection<string> Withdrawn => [];

    /// <summary>What became of the models that were announced to this store, the oldest first.</summary>
    IReadOnlyList<ModelArrival> Arrivals => [];
}

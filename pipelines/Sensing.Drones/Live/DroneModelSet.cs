using Sensing.Models;

namespace Sensing.Drones.Live;

/// <summary>The models that the tasks run, by name, in memory.</summary>
/// <param name="Detectors">Detectors that know persons, the one that tasks are planned with first.</param>
/// <param name="Poses">MoveNet models, the one that tasks are planned with first.</param>
/// <param name="Face">BlazeFace.</param>
public sealed record DroneModelSet(IReadOnlyList<DroneModelFile> Detectors, IReadOnlyList<DroneModelFile> Poses, DroneModelFile Face)
{
    /// <summary>Reads the models from a store.</summary>
    /// <exception cref="ModelException">One is missing.</exception>
    public static DroneModelSet Read(IModelStore models, IEnumerable<string> detectors, IEnumerable<string> poses, string face) =>
        new([.. detectors.Select(name => Read(models, name))], [.. poses.Select(name => Read(models, name))], Read(models, face));

    private static DroneModelFile Read(IModelStore models, string name)
    {
        ModelDescription found = models.Find(new ModelReference(name));
        return new DroneModelFile(found.Name, found.Digest, models.Read(found));
    }
}

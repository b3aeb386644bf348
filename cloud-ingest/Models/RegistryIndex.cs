namespace Sensing.CloudIngest.Models;

/// <summary>The registry's file: all models, the oldest first, and how far each name's training has come.</summary>
public sealed record RegistryIndex
{
    public required IReadOnlyList<RegisteredModel> Models { get; init; }

    /// <summary>Labelled windows of the last training, by name of the model.</summary>
    public required IReadOnlyDictionary<string, int> TrainedLabels { get; init; }

    public static RegistryIndex Empty { get; } = new() { Models = [], TrainedLabels = new Dictionary<string, int>() };
}

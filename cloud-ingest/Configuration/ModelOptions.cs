using Sensing.Configuration;

namespace Sensing.CloudIngest.Configuration;

/// <summary>The registry of the models that nodes run.</summary>
public sealed record ModelOptions
{
    [Option("Folder of the model registry; it is created where it does not exist. Absent: this tier publishes no models. Processes of one tier share it.", Min = 1, Example = "\"models\"")]
    public string? Directory { get; init; }

    [Option("Newly labelled windows after which a model is trained again and compared with the one in use; 0: never.", Min = 0, Max = 1_000_000)]
    public int TrainAfterLabels { get; init; } = 20;

    [Option("Publish a candidate that is better by its training's rule. false: it is registered, and 'cloud-ingest models publish' publishes it.")]
    public bool PublishBetter { get; init; } = true;

    [Option("Maximum bytes of a model that is registered.", Min = 1024, Max = 1_073_741_824)]
    public long MaxModelBytes { get; init; } = 64 * 1024 * 1024;

    [Option("Maximum concurrent downloads of models; further ones get 503 with Retry-After.", Min = 1, Max = 10_000)]
    public int MaxDownloads { get; init; } = 16;

    [Option("Interval at which manifests are published again although nothing has changed, s: for a broker that has lost its retained messages.", Above = 0, Max = 86_400)]
    public double RepeatSeconds { get; init; } = 900;
}

namespace Sensing.CloudIngest.Models;

/// <summary>Where manifests are retained: this process's broker, or another.</summary>
internal interface IManifestSink
{
    /// <summary>Retains messages by topic.</summary>
    /// <returns>Once the broker has them.</returns>
    Task RetainAsync(IReadOnlyDictionary<string, byte[]> messages, CancellationToken cancellation);
}

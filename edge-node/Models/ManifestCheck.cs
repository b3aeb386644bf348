using System.Text.Json;
using System.Text.RegularExpressions;
using Sensing.Models;

namespace Sensing.EdgeNode.Models;

/// <summary>Reads a manifest that came over the network: nothing of it is believed before it has been checked.</summary>
internal static partial class ManifestCheck
{
    /// <summary>Largest manifest, bytes.</summary>
    public const int MaxBytes = 64 * 1024;

    /// <param name="name">The name that its topic is of.</param>
    /// <param name="payload">What came.</param>
    /// <param name="maxBytes">Maximum bytes of a model.</param>
    /// <exception cref="ModelRefusedException">It is not a manifest, or not one of that name.</exception>
    public static ModelManifest Read(string name, ReadOnlyMemory<byte> payload, long maxBytes)
    {
        if (payload.Length > MaxBytes)
        {
            throw Wrong($"it has {payload.Length} bytes, above the limit of {MaxBytes}");
        }

        ModelManifest manifest;
        try
        {
            manifest = JsonSerializer.Deserialize(payload.Span, ModelManifestJson.Default.ModelManifest) ?? throw new JsonException("it is null");
        }
        catch (JsonException error)
        {
            throw Wrong(error.Message);
        }

        foreach (ModelManifestEntry model in manifest.Models)
        {
            if (model.Name != name)
            {
                throw Wrong($"it lists '{model.Name}' under the topic of '{name}'");
            }

            if (!Version().IsMatch(model.Version) || !System.Version.TryParse(model.Version, out _))
            {
                throw Wrong($"'{model.Version}' is not a version");
            }

            if (model.Digest is null || !Digest().IsMatch(model.Digest))
            {
                throw Wrong($"{model.Version} has no SHA-256");
            }

            if (model.Length is not { } length || length < 1 || length > maxBytes)
            {
                throw Wrong($"{model.Version} has a length of {model.Length}; allowed are 1 to {maxBytes} bytes (models.fetch.maxBytes)");
            }
        }

        return manifest.Withdrawn?.FirstOrDefault(digest => !Digest().IsMatch(digest)) is { } wrong ? throw Wrong($"'{wrong}' is not a SHA-256") : manifest;
    }

    private static ModelRefusedException Wrong(string problem) => new($"the manifest cannot be used: {problem}", isFinal: true);

    [GeneratedRegex(@"^[0-9]{1,9}(\.[0-9]{1,9}){1,3}\z")]
    private static partial Regex Version();

    [GeneratedRegex(@"^[0-9a-f]{64}\z")]
    private static partial Regex Digest();
}

using Sensing.Models;

namespace Sensing.CloudIngest.Models;

/// <summary>Where manifests are: <c>sensing/models/v1/{name}</c>, retained.</summary>
internal static class ModelTopics
{
    /// <summary>Outside of <c>sensing/v1/</c>: nothing below it is an event, and no node may publish there.</summary>
    public const string Prefix = "sensing/models/";

    public static string Of(string name) => $"{Prefix}v1/{name}";

    /// <summary>The manifest of a name as a message.</summary>
    public static byte[] Payload(ModelManifest manifest) =>
        System.Text.Json.JsonSerializer.SerializeToUtf8Bytes(manifest, ModelManifestJson.Default.ModelManifest);
}

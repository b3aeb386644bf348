using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;
using Sensing.Configuration;
using Sensing.EdgeNode.Configuration;
using Sensing.Events;

namespace Sensing.EdgeNode.Streams;

/// <summary>What a pipeline's saved state belongs to: address, source, pipeline, all their options, and the versions of their programs.</summary>
public static class StreamFingerprint
{
    private static readonly JsonSerializerOptions Json = new() { NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals };

    public static string Of(StreamAddress address, StreamOptions options)
    {
        byte[] text = JsonSerializer.SerializeToUtf8Bytes(
            new[] { address.Source, Part(options.Source!), Part(options.Pipeline!) }, Json);
        return Convert.ToHexStringLower(SHA256.HashData(text));
    }

    /// <summary>Text that is equal for two streams exactly if running one is running the other.</summary>
    internal static string OfConfiguration(StreamOptions options) => JsonSerializer.Serialize(options, Json);

    private static string Part(ComponentChoice choice) => JsonSerializer.Serialize(new
    {
        choice.Type,
        choice.Options,
        Version = choice.Options.GetType().Assembly.GetName().Version?.ToString(),
    }, Json);
}

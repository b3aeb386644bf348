using System.Security.Cryptography;
using System.Text.Json;
using Sensing.Configuration;
using Sensing.EdgeNode.Configuration;
using Sensing.Events;

namespace Sensing.EdgeNode.Streams;

/// <summary>What a pipeline's saved state belongs to: address, source, pipeline, all their options, and the versions of their programs.</summary>
public static class StreamFingerprint
{
    public static string Of(StreamAddress address, StreamOptions options) =>
        Convert.ToHexStringLower(SHA256.HashData(Text(writer =>
        {
            writer.WriteStartArray();
            writer.WriteStringValue(address.Source);
            writer.WriteStringValue(Part(options.Source!));
            writer.WriteStringValue(Part(options.Pipeline!));
            writer.WriteEndArray();
        })));

    /// <summary>Text that is equal for two streams exactly if running one is running the other.</summary>
    internal static string OfConfiguration(StreamOptions options) => OptionsText.Of(options);

    private static byte[] Part(ComponentChoice choice) => Text(writer =>
    {
        writer.WriteStartObject();
        writer.WriteString("Type", choice.Type);
        writer.WritePropertyName("Options");
        OptionsText.Write(writer, choice.Options);
        writer.WriteString("Version", choice.Options.GetType().Assembly.GetName().Version?.ToString());
        writer.WriteEndObject();
    });

    private static byte[] Text(Action<Utf8JsonWriter> write)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            write(writer);
        }

        return buffer.ToArray();
    }
}

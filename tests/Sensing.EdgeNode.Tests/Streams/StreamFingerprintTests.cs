using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;
using Sensing.Configuration;
using Sensing.Das;
using Sensing.EdgeNode.Configuration;
using Sensing.EdgeNode.Streams;
using Sensing.Events;
using Sensing.Streams;

namespace Sensing.EdgeNode.Tests.Streams;

/// <summary>Saved states carry the fingerprint of the first release's serialization: with another text every stream would start afresh.</summary>
public class StreamFingerprintTests
{
    private static readonly JsonSerializerOptions Json = new() { NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals };

    public static TheoryData<string> Sources => [.. NodeCatalogue.Create().Streams.Of(StreamCatalogue.SourceKind).Select(source => source.Type)];

    [Theory]
    [MemberData(nameof(Sources))]
    public void It_is_the_hash_of_what_the_serializer_writes(string source)
    {
        ComponentDescription description = NodeCatalogue.Create().Streams.Of(StreamCatalogue.SourceKind).First(component => component.Type == source);
        object[] pipelines = [new DasOptions(), DasOptions.Street, DasOptions.Signal with { MinSpeedKmh = double.NaN, FromM = double.NegativeInfinity, CalibrationFile = "ä\"<>" }];
        foreach (object pipeline in pipelines)
        {
            var options = new StreamOptions
            {
                Name = "a",
                Source = new ComponentChoice(source, Activator.CreateInstance(description.OptionsType)!),
                Pipeline = new ComponentChoice("das", pipeline),
            };
            Assert.Equal(Expected(EventMaker.Stream, options), StreamFingerprint.Of(EventMaker.Stream, options));
            Assert.Equal(JsonSerializer.Serialize(options, Json), StreamFingerprint.OfConfiguration(options));
        }
    }

    private static string Expected(StreamAddress address, StreamOptions options) => Convert.ToHexStringLower(SHA256.HashData(
        JsonSerializer.SerializeToUtf8Bytes(new[] { address.Source, Part(options.Source!), Part(options.Pipeline!) }, Json)));

    private static string Part(ComponentChoice choice) => JsonSerializer.Serialize(
        new { choice.Type, choice.Options, Version = choice.Options.GetType().Assembly.GetName().Version?.ToString() }, Json);
}

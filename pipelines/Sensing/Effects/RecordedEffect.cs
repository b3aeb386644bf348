using System.Text.Json;
using System.Text.Json.Serialization;

namespace Sensing.Effects;

/// <summary>One line of a recording of completions.</summary>
internal sealed record RecordedEffect
{
    /// <summary>End of the samples before it, sensor time, UTC.</summary>
    public required DateTime Until { get; init; }

    /// <summary>Samples without a duration at that instant.</summary>
    public required int Readings { get; init; }

    public required string Effect { get; init; }

    public required long Id { get; init; }

    public required EffectOutcome Outcome { get; init; }

    public required TimeSpan Elapsed { get; init; }

    public JsonElement? Result { get; init; }

    public string? Problem { get; init; }
}

/// <summary>The first line: what the recording is of.</summary>
internal sealed record RecordedEffectsHeader
{
    public const int CurrentVersion = 1;

    public required int SensingEffects { get; init; }

    /// <summary>The pipeline whose completions these are.</summary>
    public required string Pipeline { get; init; }
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UseStringEnumConverter = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(RecordedEffect))]
[JsonSerializable(typeof(RecordedEffectsHeader))]
internal sealed partial class RecordedEffectJson : JsonSerializerContext;

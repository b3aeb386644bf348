using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Sensing.Effects;

/// <summary>A kind of long work that a pipeline asks for and does not wait for: a DNN run, a call to the cloud.</summary>
/// <typeparam name="TRequest">What the work needs. Stays in memory; disposed with the command where it is disposable.</typeparam>
/// <typeparam name="TResult">What comes of it. Passes through JSON, live as in a replay, so that both give the same events.</typeparam>
/// <param name="name">Unique within a pipeline, for example <c>weather.forecast</c>.</param>
/// <param name="result">JSON of the result.</param>
public sealed class Effect<TRequest, TResult>(string name, JsonTypeInfo<TResult> result) : IEffect
    where TRequest : notnull
    where TResult : notnull
{
    public string Name { get; } = name;

    /// <summary>The result of a completion that succeeded.</summary>
    /// <exception cref="ArgumentException">The completion is of another effect, or did not succeed.</exception>
    /// <exception cref="JsonException">The recorded result does not fit the type.</exception>
    public TResult Read(EffectCompletion completion) =>
        completion.Effect != Name ? throw new ArgumentException($"The completion is of '{completion.Effect}', not of '{Name}'.", nameof(completion))
        : completion.Outcome != EffectOutcome.Succeeded ? throw new ArgumentException($"'{Name}' {completion.Id} did not succeed: {completion.Problem}", nameof(completion))
        : JsonSerializer.Deserialize(completion.Result.Span, result) ?? throw new JsonException($"The result of '{Name}' {completion.Id} is null.");

    internal byte[] Write(TResult value) => JsonSerializer.SerializeToUtf8Bytes(value, result);
}

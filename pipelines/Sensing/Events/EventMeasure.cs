namespace Sensing.Events;

/// <summary>A number of a payload whose sum, minimum and maximum roll-ups keep.</summary>
/// <param name="Property">Top-level property of the payload, as JSON names it.</param>
/// <param name="Title">What a person calls it, for example <c>Speed</c>.</param>
/// <param name="Unit">Its unit, for example <c>km/h</c>; <c>1</c> for a ratio.</param>
public sealed record EventMeasure(string Property, string Title, string Unit);

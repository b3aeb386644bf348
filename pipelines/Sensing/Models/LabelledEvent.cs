namespace Sensing.Models;

/// <summary>An event that a person has labelled.</summary>
/// <param name="Source">The stream that sent it.</param>
/// <param name="Time">Its time.</param>
/// <param name="Data">Its payload.</param>
/// <param name="Label">What it shows.</param>
public sealed record LabelledEvent(string Source, DateTimeOffset Time, ReadOnlyMemory<byte> Data, string Label);

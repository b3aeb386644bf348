namespace Sensing.Configuration;

/// <summary>A chosen component with its bound options.</summary>
/// <param name="Type">The word that chose it.</param>
/// <param name="Options">An instance of the component's options record.</param>
public sealed record ComponentChoice(string Type, object Options);

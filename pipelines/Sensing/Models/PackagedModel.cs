namespace Sensing.Models;

/// <summary>A model that comes with the program.</summary>
/// <param name="Description">Name, version and digest.</param>
/// <param name="File">Its bytes.</param>
public sealed record PackagedModel(ModelDescription Description, ReadOnlyMemory<byte> File);

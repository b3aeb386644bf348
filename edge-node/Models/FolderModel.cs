using Sensing.Models;

namespace Sensing.EdgeNode.Models;

/// <summary>One line of a folder's manifest.</summary>
/// <param name="Model">What it lists.</param>
/// <param name="Path">Its file.</param>
/// <param name="WrittenAt">When the file was last changed.</param>
/// <param name="Problem">Why it cannot be opened; null where it can.</param>
internal sealed record FolderModel(ModelDescription Model, string Path, DateTime WrittenAt, ModelException? Problem);

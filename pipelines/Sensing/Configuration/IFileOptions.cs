namespace Sensing.Configuration;

/// <summary>Options that name files, which are read before anything starts: a missing one is a mistake like any
/// other.</summary>
public interface IFileOptions
{
    /// <summary>Files that are missing or cannot be used; paths are relative to this record, e.g.
    /// <c>calibrationFile</c>.</summary>
    /// <param name="baseDirectory">Folder that relative paths start from.</param>
    IEnumerable<ConfigurationProblem> CheckFiles(string baseDirectory);
}

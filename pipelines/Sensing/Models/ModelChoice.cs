namespace Sensing.Models;

/// <summary>How a reference chooses among models: the rule that every store follows.</summary>
public static class ModelChoice
{
    /// <summary>By name, the newest version of a name first. Versions are compared number by number: 1.10 is newer than 1.9.</summary>
    public static IReadOnlyList<ModelDescription> Ordered(IEnumerable<ModelDescription> models) =>
        [.. models.OrderBy(model => model.Name, StringComparer.Ordinal).ThenByDescending(model => Number(model.Version))];

    /// <summary>The model that a reference asks for; null where there is none.</summary>
    public static ModelDescription? Of(IEnumerable<ModelDescription> models, ModelReference reference) =>
        Ordered(models).FirstOrDefault(model => model.Name == reference.Name
            && (reference.Version is null || model.Version == reference.Version)
            && (reference.Digest is null || model.Digest.Equals(reference.Digest, StringComparison.OrdinalIgnoreCase)));

    /// <summary>The version as numbers; versions of another form count as the oldest.</summary>
    private static Version Number(string version) =>
        Version.TryParse(version.Contains('.', StringComparison.Ordinal) ? version : version + ".0", out Version? number) ? number : new Version();
}

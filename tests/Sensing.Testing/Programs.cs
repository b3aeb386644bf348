namespace Sensing.Testing;

/// <summary>Finds programs of the system.</summary>
public static class Programs
{
    /// <summary>Path of <paramref name="name"/>, on the path or where Debian keeps servers; null where it is not installed.</summary>
    public static string? Find(string name) => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Append("/usr/sbin")
        .Select(folder => Path.Combine(folder, name)).FirstOrDefault(File.Exists);
}

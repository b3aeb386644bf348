using Xunit;

namespace Sensing.Testing;

/// <summary>Where tests find the repository and the recordings beside it.</summary>
public static class Repository
{
    /// <summary>The folder that holds Sensing.sln.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>A recording under <c>../shared/data</c>; the test is skipped, with a message, where it is absent.</summary>
    public static string SharedData(string path)
    {
        string? file = SharedFolder.Find("data", path);
        Assert.SkipWhen(file is null, $"No ../shared/data/{path}: this test reads a recording that is not part of the project.");
        return file!;
    }

    private static string FindRoot()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Sensing.sln")))
            {
                return folder.FullName;
            }
        }

        throw new InvalidOperationException("The tests must run from a checkout: no folder above them holds Sensing.sln.");
    }
}

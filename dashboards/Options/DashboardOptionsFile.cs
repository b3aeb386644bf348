using Sensing.Configuration;

namespace Sensing.Dashboards.Options;

/// <summary>Reads <c>dashboard.json</c>.</summary>
public static class DashboardOptionsFile
{
    /// <summary>The options in <paramref name="file"/>, or every mistake in it.</summary>
    public static ConfigurationResult<DashboardOptions> Read(FileInfo file)
    {
        try
        {
            return ConfigurationText.Parse(File.ReadAllText(file.FullName), out ConfigurationProblem? problem) is { } root
                ? new OptionsBinder(NoComponents.Instance).Bind<DashboardOptions>(root)
                : Wrong($"{file.FullName}: {problem!.Message}");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return Wrong($"{file.FullName}: {error.Message}");
        }
    }

    private static ConfigurationResult<DashboardOptions> Wrong(string message) => new(null, [new ConfigurationProblem("", message)]);
}

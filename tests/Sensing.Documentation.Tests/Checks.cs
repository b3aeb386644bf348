using System.Diagnostics;
using System.Text.RegularExpressions;
using Sensing.Testing;
using YamlDotNet.Serialization;

namespace Sensing.Documentation.Tests;

/// <summary>What can be said about a command line without running it.</summary>
internal static partial class Checks
{
    private static readonly Lazy<string[]> Measures = new(() =>
    {
        using Process list = Process.Start(new ProcessStartInfo(
            "dotnet", [Full("benchmarks/bin/Release/net10.0/Benchmarks.dll"), "list"])
        { RedirectStandardOutput = true })!;
        return list.StandardOutput.ReadToEnd().Split("\n\n");
    });

    /// <summary><c>.ci/run</c> runs <c>./test</c> as it stands in the documents.</summary>
    public static void CiRunsTheTests(string command) =>
        Assert.Contains(File.ReadLines(Full(".ci/run")), line => line.Split(' ').Contains(command) && !line.TrimStart().StartsWith('#'));

    /// <summary>The script can be run and has no mistake that bash finds by reading it.</summary>
    public static void IsAScript(string command)
    {
        using Process bash = Process.Start("bash", ["-n", Full(command)]);
        bash.WaitForExit();
        Assert.Equal(0, bash.ExitCode);
        Assert.True((File.GetUnixFileMode(Full(command)) & UnixFileMode.UserExecute) != 0);
    }

    /// <summary>A test class has the name behind the filter's wildcard.</summary>
    public static void NamesATestClass(string command)
    {
        string name = ClassFilter().Match(command).Groups[1].Value;
        Assert.NotEmpty(Directory.GetFiles(Full("tests"), name + ".cs", SearchOption.AllDirectories));
    }

    /// <summary>The folder behind <c>--project</c> is a test project.</summary>
    public static void NamesATestProject(string command) =>
        Assert.Contains(Directory.GetFiles(Full(command.Split(' ')[^1])), file => file.EndsWith(".Tests.csproj", StringComparison.Ordinal));

    /// <summary>The word behind <c>dotnet publish</c> is a folder with one project, a program.</summary>
    public static void NamesAProgram(string command)
    {
        string project = Assert.Single(Directory.GetFiles(Full(command.Split(' ')[2]), "*.csproj"));
        Assert.Contains("<OutputType>Exe</OutputType>", File.ReadAllText(project), StringComparison.Ordinal);
    }

    /// <summary>The project is a program whose source declares the options that are given to it.</summary>
    public static void DeclaresItsOptions(string command)
    {
        string[] words = command.Split(' ');
        string folder = Full(words[words.IndexOf("--project") + 1]);
        string source = string.Concat(Directory.GetFiles(folder, "*Command.cs").Select(File.ReadAllText));
        Assert.All(
            words[(words.IndexOf("--") + 1)..].Where(word => word.StartsWith("--", StringComparison.Ordinal)),
            word => Assert.Contains($"\"{word}\"", source, StringComparison.Ordinal));
    }

    /// <summary>The package is one that the repository's own scripts install.</summary>
    public static void NamesARequirement(string command) =>
        Assert.Contains(command.Split(' ')[^1], File.ReadAllText(Full("build/requirements.sh")), StringComparison.Ordinal);

    /// <summary>The benchmarks list the measure, with the options that are given to it.</summary>
    public static void NamesAMeasure(string command)
    {
        string[] words = command.Split(' ')[(command.Split(' ').IndexOf("--") + 1)..];
        string measure = Assert.Single(Measures.Value, entry => entry.StartsWith(words[0] + "\n", StringComparison.Ordinal));
        Assert.All(words.Where(word => word.StartsWith("--", StringComparison.Ordinal)), option => Assert.Contains(option, measure, StringComparison.Ordinal));
    }

    /// <summary>The help of the node's subcommand lists the options that are given to it, and the argument before them.</summary>
    public static void IsACommandOfTheNode(string command)
    {
        string[] words = command.Split(' ');
        using Process help = Process.Start(new ProcessStartInfo(
            "dotnet", [Full("edge-node/bin/Release/net10.0/edge-node.dll"), words[1], words[2], "--help"])
        { RedirectStandardOutput = true })!;
        string printed = help.StandardOutput.ReadToEnd();
        Assert.All(
            words[3..].Where((word, i) => i == 0 || word.StartsWith("--", StringComparison.Ordinal)),
            word => Assert.Contains(word, printed, StringComparison.Ordinal));
    }

    /// <summary>The help of <c>sensing-schedule</c> lists the options that are given to its subcommand.</summary>
    public static void KnowsItsOptions(string command)
    {
        string[] words = command.Split(' ');
        using Process help = Process.Start(new ProcessStartInfo(
            "dotnet", [Full("pipelines/Sensing.Scheduling.Command/bin/Release/net10.0/sensing-schedule.dll"), words[1], "--help"])
        { RedirectStandardOutput = true })!;
        string printed = help.StandardOutput.ReadToEnd();
        Assert.All(words.Where(word => word.StartsWith("--", StringComparison.Ordinal)), option => Assert.Contains(option, printed, StringComparison.Ordinal));
    }

    /// <summary>A reader of recordings reads the dataset that is named.</summary>
    public static void NamesADatasetThatIsRead(string command)
    {
        string name = command.Split(' ')[2].Split('/')[^1];
        Assert.Contains(
            Directory.GetFiles(Full("pipelines/Sensing.Das/Recordings"), "*.cs", SearchOption.AllDirectories),
            file => File.ReadAllText(file).Contains(name, StringComparison.Ordinal));
    }

    /// <summary>Every service has an image; what is built has a Dockerfile, which copies what is there.</summary>
    public static void ComposeFileIsComplete(string command)
    {
        Assert.All(Services(), pair =>
        {
            var service = (Dictionary<object, object>)pair.Value;
            Assert.True(service.ContainsKey("image"), $"{pair.Key} names no image.");
            if (service.TryGetValue("build", out object? build))
            {
                var options = (Dictionary<object, object>)build;
                string file = Path.Combine(Full((string)options["context"]), (string)options["dockerfile"]);
                string[] copied = [.. File.ReadLines(file).Where(line => line.StartsWith("COPY ", StringComparison.Ordinal) && !line.Contains("--from", StringComparison.Ordinal))
                    .SelectMany(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1..^1])];
                Assert.All(copied, source => Assert.True(Path.Exists(Full(source)), $"{file} copies {source}, which is not there."));
            }
        });
    }

    /// <summary>The last word is a service of the compose file.</summary>
    public static void NamesAComposeService(string command) => Assert.Contains(command.Split(' ')[^1], Services().Keys);

    /// <summary>The unit starts what the commands before it have installed, with the configuration that they have installed, as their user.</summary>
    public static void UnitMatchesTheInstallation(string command)
    {
        string unit = File.ReadAllText(Full("edge-node/deploy/edge-node.service"));
        Assert.Contains("ExecStart=/opt/sensing/edge-node run /etc/sensing/node.json", unit, StringComparison.Ordinal);
        Assert.Contains("ExecReload=", unit, StringComparison.Ordinal);
        Assert.Contains("User=sensing", unit, StringComparison.Ordinal);
        Assert.Contains("WantedBy=", unit, StringComparison.Ordinal);
        Assert.Contains("edge-node.service", command.Contains(".service", StringComparison.Ordinal) ? command : command + ".service", StringComparison.Ordinal);
    }

    /// <summary>The setting is one of this kernel.</summary>
    public static void NamesAKernelSetting(string command)
    {
        string name = command.Split(' ')[1].Split('=')[0];
        Assert.True(File.Exists("/proc/sys/" + name.Replace('.', '/')), $"This kernel has no setting {name}.");
    }

    /// <summary>The program is installed by <c>./test</c>.</summary>
    public static void IsInstalledForTests(string command) =>
        Assert.Contains(command.Split(' ')[0], File.ReadAllText(Full("build/requirements.sh")), StringComparison.Ordinal);

    private static Dictionary<object, object> Services()
    {
        using StreamReader text = File.OpenText(Full("docker-compose.yml"));
        var parser = new YamlDotNet.Core.MergingParser(new YamlDotNet.Core.Parser(text));
        return (Dictionary<object, object>)new DeserializerBuilder().Build().Deserialize<Dictionary<object, object>>(parser)["services"];
    }

    private static string Full(string path) => Path.Combine(Repository.Root, path);

    [GeneratedRegex(@"'\*(\w+)'")]
    private static partial Regex ClassFilter();
}

using System.Diagnostics;
using System.Text.RegularExpressions;

namespace Sensing.Dashboards.Tests.Client;

/// <summary>Runs the client's own unit tests (dashboards/client/test and src/pages/*/test) under Node's test runner, one file a case.</summary>
public sealed partial class ClientUnitTests(ITestOutputHelper output)
{
    private static string Folder => ClientBuild.Folder;

    public static TheoryData<string> Files =>
    [
        .. new[] { "test", Path.Combine("src", "pages") }
            .SelectMany(f => Directory.EnumerateFiles(Path.Combine(Folder, f), "*.test.js", SearchOption.AllDirectories))
            .Select(f => Path.GetRelativePath(Folder, f)).Order(StringComparer.Ordinal),
    ];

    [Theory]
    [MemberData(nameof(Files))]
    public async Task Tests_of_a_module_pass(string file)
    {
        var start = new ProcessStartInfo("node", ["--test", "--test-reporter=tap", file])
        {
            WorkingDirectory = Folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using Process node = Process.Start(start)!;
        Task<string> errors = node.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        string tap = await node.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await node.WaitForExitAsync(TestContext.Current.CancellationToken);

        // An empty file would pass as well: the tests are counted.
        int passed = int.Parse(Passed().Match(tap).Groups[1].Value);
        output.WriteLine($"{file}: {passed} passed");
        Assert.True(node.ExitCode == 0, $"{tap}\n{await errors}");
        Assert.True(passed > 0, tap);
    }

    [GeneratedRegex(@"^# pass (\d+)", RegexOptions.Multiline)]
    private static partial Regex Passed();
}

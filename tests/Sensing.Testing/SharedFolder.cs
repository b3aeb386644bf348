using System.Reflection;
using Xunit;
using Xunit.v3;

namespace Sensing.Testing;

/// <summary>The folder <c>../shared</c> beside the checkout: recordings and servers that are not part of the project. Tests use it where it
/// is there and are skipped, or use something else, where it is not.</summary>
/// <remarks>Everything in it is asked for here. With <c>SENSING_TEST_SHARED_LOG=FILE</c> each test that asks is written there, one a line as
/// <c>--filter-method</c> takes it, so that <c>.ci/run</c> can run the same tests again without the folder.</remarks>
public static class SharedFolder
{
    private static readonly string Root = Path.GetFullPath(Path.Combine(Repository.Root, "..", "shared"));
    private static readonly string? Log = Environment.GetEnvironmentVariable("SENSING_TEST_SHARED_LOG") is { Length: > 0 } file ? file : null;
    private static readonly HashSet<string> Logged = [];

    /// <summary>The full path of a file or folder in it; null where it is not there.</summary>
    public static string? Find(params string[] path)
    {
        if (Log is not null)
        {
            Note(TestContext.Current);
        }

        string file = Path.Combine([Root, .. path]);
        return Path.Exists(file) ? file : null;
    }

    private static void Note(ITestContext context)
    {
        IEnumerable<string> tests =
            context.TestMethod is { } method && context.TestClass is { } type ? [$"{type.TestClassName}.{method.MethodName}"]
            : context.TestClass is { } alone ? [$"{alone.TestClassName}.*"]
            : context.TestAssembly is IXunitTestAssembly { Assembly: { } assembly }
                ? context.TestCollection is { } collection ? ClassesOf(assembly, collection.TestCollectionDisplayName) : [$"{assembly.GetName().Name}.*"]
            // Not asked by a test: a benchmark, or a fixture of a process.
            : [];
        lock (Logged)
        {
            File.AppendAllLines(Log!, tests.Where(Logged.Add));
        }
    }

    /// <summary>A fixture of a collection asks for all its tests.</summary>
    private static IEnumerable<string> ClassesOf(Assembly assembly, string collection) => assembly.GetTypes()
        .Where(type => type.GetCustomAttribute<CollectionAttribute>()?.Name == collection)
        .Select(type => $"{type.FullName}.*");
}

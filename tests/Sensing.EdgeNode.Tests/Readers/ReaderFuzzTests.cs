using Sensing.Testing;

namespace Sensing.EdgeNode.Tests.Readers;

/// <summary>A short run of what the measure <c>reader-fuzz</c> does in a process of its own.</summary>
public class ReaderFuzzTests
{
    public static TheoryData<string> Names => [.. ReaderTargets.All.Select(target => target.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_changed_file_is_read_or_reported(string name)
    {
        using var folder = new TemporaryFolder();
        ReaderTarget target = ReaderTargets.All.Single(target => target.Name == name);
        target.Write(Directory.CreateDirectory(folder["sound"]).FullName);
        await target.Read(Path.Combine(folder["sound"], target.FileName));
        var fuzz = new ReaderFuzz(target, folder["fuzz"], seed: 7);
        for (int number = 0; number < 150; number++)
        {
            Exception? crash = await fuzz.TryAsync(number);
            Assert.True(crash is null, $"input {number}: {crash}");
        }
    }
}

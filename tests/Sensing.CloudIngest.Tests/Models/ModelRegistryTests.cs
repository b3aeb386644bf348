using Sensing.CloudIngest.Models;
using Sensing.Models;
using Sensing.Testing;

namespace Sensing.CloudIngest.Tests.Models;

/// <summary>The registry on the disk.</summary>
public sealed class ModelRegistryTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly ModelRegistry _registry;

    public ModelRegistryTests() => _registry = Open();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Models_are_registered_published_superseded_and_reverted_and_a_restart_changes_nothing()
    {
        Assert.Equal(RegistryState.Candidate, _registry.Add("gust", "1.1", "first"u8.ToArray()).State);
        _registry.Add("gust", "1.10", "second"u8.ToArray());
        _registry.Add("gust", "1.9", "third"u8.ToArray());
        Assert.Empty(_registry.Manifest("gust").Models);

        _registry.Publish("gust", "1.1");
        _registry.Publish("gust", "1.10");
        Assert.Equal(
            ["1.1 Superseded", "1.9 Candidate", "1.10 Published"], Open().List().Select(model => $"{model.Version} {model.State}"));
        ModelManifestEntry entry = Assert.Single(Open().Manifest("gust").Models);
        Assert.Equal(("gust", "1.10", "gust/1.10", 6L), (entry.Name, entry.Version, entry.File, entry.Length!.Value));
        Assert.Equal("second"u8.ToArray(), Open().Read(Open().Published("gust")!));

        (RegisteredModel withdrawn, RegisteredModel? again) = _registry.Revert("gust", "it does worse");
        Assert.Equal(("1.10", "1.1"), (withdrawn.Version, again!.Version));
        ModelManifest manifest = Open().Manifest("gust");
        Assert.Equal("1.1", Assert.Single(manifest.Models).Version);
        Assert.Equal([withdrawn.Digest], manifest.Withdrawn!);
        Assert.Contains("withdrawn", Assert.Throws<RegistryException>(() => _registry.Publish("gust", "1.10")).Message, StringComparison.Ordinal);

        Assert.Null(_registry.Revert("gust", "all do worse").Published);
        Assert.Empty(_registry.Manifest("gust").Models);
        Assert.Equal(2, _registry.Manifest("gust").Withdrawn!.Count);
        Assert.Throws<RegistryException>(() => _registry.Revert("gust", "none is left"));
    }

    [Fact]
    public void What_cannot_be_registered_is_refused_with_what_to_do()
    {
        _registry.Add("gust", "1.1", "first"u8.ToArray());
        Refused("'../gust' is not a name", () => _registry.Add("../gust", "1.1", "a"u8.ToArray()));
        Refused("'1' is not a version", () => _registry.Add("gust", "1", "a"u8.ToArray()));
        Refused("'1.2/..' is not a version", () => _registry.Add("gust", "1.2/..", "a"u8.ToArray()));
        Refused("is registered already", () => _registry.Add("gust", "1.1", "other"u8.ToArray()));
        Refused("allowed are 1 to 1024", () => _registry.Add("gust", "1.2", new byte[1025]));
        Refused("there is no model gust 9.9", () => _registry.Publish("gust", "9.9"));

        File.WriteAllText(Path.Combine(_registry.Folder, "gust-1.1.onnx"), "damaged");
        Refused("does not have the SHA-256", () => _registry.Publish("gust", "1.1"));
        File.WriteAllText(Path.Combine(_registry.Folder, "registry.json"), "{");
        Refused("registry.json cannot be read", () => _registry.List());
    }

    [Fact]
    public void Processes_that_change_it_at_once_lose_nothing()
    {
        Parallel.For(0, 4, worker =>
        {
            ModelRegistry own = Open();
            for (int i = 0; i < 5; i++)
            {
                own.Add("gust", $"{worker + 1}.{i}", new byte[] { (byte)worker, (byte)i });
            }
        });
        Assert.Equal(20, Open().List().Count);
        Assert.All(Open().List(), model => Open().Read(model));
    }

    [Fact]
    public void A_process_that_was_killed_in_between_leaves_the_registry_as_it_was()
    {
        _registry.Add("gust", "1.1", "first"u8.ToArray());

        // Killed after the model's file, while it wrote the index, with the lock file there.
        File.WriteAllText(Path.Combine(_registry.Folder, "gust-1.2.onnx"), "second");
        File.WriteAllText(Path.Combine(_registry.Folder, "registry.json.part"), """{ "models": [""");
        ModelRegistry restarted = Open();
        Assert.Single(restarted.List());
        restarted.Add("gust", "1.2", "second"u8.ToArray());
        Assert.Equal(["1.1", "1.2"], Open().List().Select(model => model.Version));
    }

    private static void Refused(string part, Action change) =>
        Assert.Contains(part, Assert.Throws<RegistryException>(change).Message, StringComparison.Ordinal);

    private ModelRegistry Open() => new(_folder["registry"], 1024, TimeProvider.System);
}

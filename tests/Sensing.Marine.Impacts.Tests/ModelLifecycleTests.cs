using Sensing.Marine.Events;
using Sensing.Marine.Impacts.Features;
using Sensing.Marine.Impacts.Learning;
using Sensing.Marine.Impacts.Models;
using Sensing.Marine.Impacts.Simulation;
using Sensing.Models;

namespace Sensing.Marine.Impacts.Tests;

public sealed class ModelLifecycleTests(SmallModel small) : IClassFixture<SmallModel>
{
    private static readonly ImpactOptions Options = new() { ShadowWindows = 12 };

    private readonly Store _store = new();
    private readonly List<ModelReport> _changes = [];
    private readonly List<string> _rejected = [];
    private string _inUse = "";

    [Fact]
    public void A_newer_model_runs_in_shadow_decides_and_stays()
    {
        _store.Add("1.0", small.Trained.Network);
        using var models = new ModelLifecycle(Options, _store);
        Sail(models, 1, 5);
        Assert.Empty(_changes);
        _store.Add("1.1", Jittered(small.Trained.Network));
        Sail(models, 2, 30);
        Assert.Equal([ModelState.Shadow, ModelState.InUse], _changes.Select(change => change.State));
        Assert.Equal(_store.Digest("1.1"), _inUse);
        Assert.True(_changes[1].Agreement > 0.9);
        Assert.Equal(Options.ShadowWindows, _changes[1].Windows);
    }

    [Fact]
    public void A_model_that_knows_less_is_rejected_before_it_runs_and_not_tried_again()
    {
        _store.Add("1.0", small.Trained.Network);
        using var models = new ModelLifecycle(Options, _store);
        _store.Add("1.1", small.Trained.Network.WithOutputBias(bias => bias.Reverse()));
        Sail(models, 3, 20);
        Assert.Equal(ModelState.Rejected, Assert.Single(_changes).State);
        Assert.Contains("reference windows", _changes[0].Reason, StringComparison.Ordinal);
        Assert.Equal(_store.Digest("1.0"), _inUse);

        // Nor after a restart: the pipeline's state names it.
        using var restarted = new ModelLifecycle(Options, _store);
        Sail(restarted, 4, 20);
        Assert.Single(_changes);
        Assert.Equal(_store.Digest("1.0"), _inUse);
    }

    [Fact]
    public void A_model_that_does_worse_once_it_decides_is_reverted()
    {
        _store.Add("1.0", small.Trained.Network);
        using var models = new ModelLifecycle(Options, _store);
        _store.Add("1.1", small.Trained.Network.WithAlarmAbove(feature: 7, threshold: 1.5f));
        foreach (float[] features in Windows(5).TakeWhile(_ => _changes.All(change => change.State != ModelState.InUse)).Take(100))
        {
            Answer(models, features);
        }

        Assert.Equal(ModelState.InUse, _changes[^1].State);

        // What it has not met in shadow makes it alarm: a vibration that is more regular than any sea.
        foreach (float[] features in Windows(6).Take(Options.ShadowWindows))
        {
            features[7] = 4;
            Answer(models, features);
        }

        Assert.Equal(ModelState.Reverted, _changes[^1].State);
        Assert.Contains("differs", _changes[^1].Reason, StringComparison.Ordinal);
        Assert.Equal(_store.Digest("1.0"), _inUse);
    }

    [Fact]
    public void A_damaged_file_is_refused_and_the_model_in_use_decides_on()
    {
        _store.Add("1.0", small.Trained.Network);
        using var models = new ModelLifecycle(Options, _store);
        _store.Add("1.1", [1, 2, 3]);
        Sail(models, 7, 5);
        Assert.Equal(ModelState.Refused, Assert.Single(_changes).State);
        Assert.Equal(_store.Digest("1.0"), _inUse);

        // After a restart, too: an older one that can be run decides.
        using var restarted = new ModelLifecycle(Options, _store);
        Sail(restarted, 7, 5);
        Assert.Equal([ModelState.Refused, ModelState.Refused], _changes.Select(change => change.State));
        Assert.Equal(_store.Digest("1.0"), _inUse);
    }

    [Fact]
    public void A_model_with_other_inputs_and_a_manifest_that_cannot_be_read_cost_nothing()
    {
        _store.Add("1.0", small.Trained.Network);
        _store.Add("1.1", small.Trained.Network.WithOneFeatureMore());
        using var models = new ModelLifecycle(Options, _store);
        Sail(models, 8, 5);
        Assert.Equal(ModelState.Refused, Assert.Single(_changes).State);
        Assert.Contains("it is for the features", _changes[0].Reason, StringComparison.Ordinal);

        _store.IsReadable = false;
        Sail(models, 9, 5);
        Assert.Single(_changes);
        Assert.Equal(_store.Digest("1.0"), _inUse);
    }

    [Fact]
    public void A_model_that_was_withdrawn_stops_deciding_and_what_arrives_is_reported_once()
    {
        _store.Add("1.0", small.Trained.Network);
        using var models = new ModelLifecycle(Options, _store);
        _store.Add("1.1", Jittered(small.Trained.Network));
        _store.Arrivals.Add(new ModelArrival("impacts", "1.1", _store.Digest("1.1"), true, "fetched"));
        _store.Arrivals.Add(new ModelArrival("impacts", "1.2", "00", false, "its digest is another"));
        _store.Arrivals.Add(new ModelArrival("others", "1.2", "00", false, "not for this pipeline"));
        Sail(models, 10, 60);
        Assert.Equal([ModelState.Fetched, ModelState.Refused, ModelState.Shadow, ModelState.InUse], _changes.Select(change => change.State));
        Assert.Equal(_store.Digest("1.1"), _inUse);

        _store.Withdrawn.Add(_store.Digest("1.1"));
        Sail(models, 11, 5);
        Assert.Equal(ModelState.Reverted, _changes[^1].State);
        Assert.Contains("withdrawn", _changes[^1].Reason, StringComparison.Ordinal);
        Assert.Equal(_store.Digest("1.0"), _inUse);

        // And while it is in shadow, or on trial: the one before it decides on.
        _store.Add("1.3", Jittered(Jittered(small.Trained.Network)));
        foreach (float[] features in Windows(12).TakeWhile(_ => _changes[^1].State != ModelState.InUse).Take(100))
        {
            Answer(models, features);
        }

        _store.Withdrawn.Add(_store.Digest("1.3"));
        Sail(models, 13, 1);
        Assert.Equal(("1.3", ModelState.Reverted), (_changes[^1].Version, _changes[^1].State));
        Assert.Equal(_store.Digest("1.0"), _inUse);
    }

    [Fact]
    public void After_a_restart_a_rejected_model_does_not_decide_although_the_one_before_it_is_gone()
    {
        _store.Add("1.0", small.Trained.Network);
        _store.Add("1.1", Jittered(small.Trained.Network));
        _rejected.Add(_store.Digest("1.1"));
        _inUse = "of a model that is gone";
        using var models = new ModelLifecycle(Options, _store);
        Sail(models, 14, 1);
        Assert.Equal(_store.Digest("1.0"), _inUse);
    }

    private static ImpactNetwork Jittered(ImpactNetwork network) => network.WithOutputBias(bias => bias.Select(value => value + 0.01f));

    private static IEnumerable<float[]> Windows(int seed)
    {
        var features = new WindowFeatures();
        for (int i = 0; ; i++)
        {
            foreach (SimulatedWindow window in SimulatedWindows.Of(new VoyageOptions { Seed = (1000 * seed) + i, EventEverySeconds = 4 }, out _))
            {
                yield return features.Of(window.Motion);
            }
        }
    }

    private void Sail(ModelLifecycle models, int seed, int windows)
    {
        foreach (float[] features in Windows(seed).Take(windows))
        {
            Answer(models, features);
        }
    }

    private void Answer(ModelLifecycle models, float[] features)
    {
        ImpactAnswer answer = models.Answer(new ImpactRequest(features, _inUse, [.. _rejected]));
        _inUse = answer.InUse;
        _changes.AddRange(answer.Changes);
        _rejected.AddRange(answer.Changes.Where(change => change.State is ModelState.Rejected or ModelState.Reverted).Select(change => change.Digest));
    }

    /// <summary>A store in memory, to which a test adds while a node runs.</summary>
    private sealed class Store : IModelStore
    {
        private readonly Dictionary<ModelDescription, byte[]> _models = [];

        public bool IsReadable { get; set; } = true;

        public List<string> Withdrawn { get; } = [];

        public List<ModelArrival> Arrivals { get; } = [];

        IReadOnlyCollection<string> IModelStore.Withdrawn => Withdrawn;

        IReadOnlyList<ModelArrival> IModelStore.Arrivals => Arrivals;

        public void Add(string version, ImpactNetwork network) => Add(version, NetworkFile.Write(network, "test"));

        public void Add(string version, byte[] file) =>
            _models.Add(new ModelDescription("impacts", version, Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(file)), file.Length), file);

        public string Digest(string version) => _models.Keys.First(model => model.Version == version).Digest;

        public IReadOnlyList<ModelDescription> List() => IsReadable ? ModelChoice.Ordered(_models.Keys) : throw new ModelException("store", "damaged.", "");

        public ModelDescription Find(ModelReference reference) => ModelChoice.Of(_models.Keys, reference) ?? throw new ModelException("store", "none.", "");

        public ReadOnlyMemory<byte> Read(ModelDescription model) => _models[model];
    }
}

using Sensing.CloudIngest.Configuration;
using Sensing.CloudIngest.Store;
using Sensing.Models;

namespace Sensing.CloudIngest.Models;

/// <summary>Trains a model again from labelled events of the store, and publishes it where it is better than the one in use.</summary>
internal sealed class ModelRefinement(ModelRegistry registry, ModelLabels labels, IEventStore store, ModelOptions options)
{
    /// <summary>Labelled windows that a training uses at most, the newest: bounds its memory.</summary>
    private const int MaxWindows = 20_000;

    private const int Page = 500;

    /// <summary>Whether enough has been labelled since the last training.</summary>
    public bool IsDue(IModelTraining training) =>
        options.TrainAfterLabels > 0 && labels.Read(training.Model).Count - registry.TrainedLabels(training.Model) >= options.TrainAfterLabels;

    /// <summary>Trains, compares and registers; may take minutes.</summary>
    /// <returns>What came of it, and the model that was registered; null: none.</returns>
    public async Task<(TrainingOutcome Outcome, RegisteredModel? Model)> RunAsync(IModelTraining training, CancellationToken cancellation)
    {
        IReadOnlyDictionary<(string Source, string Id), string> labelled = labels.Read(training.Model);
        IReadOnlyList<LabelledEvent> windows = await WindowsAsync(training, labelled, cancellation).ConfigureAwait(false);
        RegisteredModel? published = registry.Published(training.Model);
        ReadOnlyMemory<byte> inUse = published is null ? training.Packaged?.File ?? default : registry.Read(published);
        TrainingOutcome outcome = await Task.Factory.StartNew(
            () =>
            {
                // What is stored and asked meanwhile comes first.
                Thread.CurrentThread.Priority = ThreadPriority.BelowNormal;
                return training.Train(windows, inUse, cancellation);
            },
            cancellation, TaskCreationOptions.LongRunning, TaskScheduler.Default).ConfigureAwait(false);
        registry.Trained(training.Model, labelled.Count);
        if (outcome.Candidate is not { } candidate)
        {
            return (outcome, null);
        }

        RegisteredModel added = registry.Add(training.Model, Next(training), candidate, outcome);
        return (outcome, outcome.IsBetter && options.PublishBetter ? registry.Publish(added.Name, added.Version) : added);
    }

    /// <summary>The version after all that nodes may have.</summary>
    private string Next(IModelTraining training)
    {
        Version newest = registry.List().Where(model => model.Name == training.Model).Select(model => Version.Parse(model.Version))
            .Append(Version.TryParse(training.Packaged?.Description.Version, out Version? packaged) ? packaged : new Version(1, 0)).Max()!;
        return new Version(newest.Major, newest.Minor + 1).ToString();
    }

    private async Task<IReadOnlyList<LabelledEvent>> WindowsAsync(
        IModelTraining training, IReadOnlyDictionary<(string Source, string Id), string> labelled, CancellationToken cancellation)
    {
        var found = new List<LabelledEvent>();
        var query = new EventQuery(new SeriesFilter([], [training.Windows.ToString()]), null, null, Descending: true, After: null, Page);
        while (found.Count < MaxWindows)
        {
            EventPage page = await store.ReadEventsAsync(query, cancellation).ConfigureAwait(false);
            found.AddRange(page.Items.Select(item => item.Event)
                .Select(item => (Event: item, Label: labelled.GetValueOrDefault((item.Source.Source, item.Id))))
                .Where(item => item.Label is not null)
                .Select(item => new LabelledEvent(item.Event.Source.Source, item.Event.Time, item.Event.Data, item.Label!)));
            if (page.Next is not { } next)
            {
                break;
            }

            query = query with { After = next };
        }

        return [.. found.Take(MaxWindows).OrderBy(window => window.Source, StringComparer.Ordinal).ThenBy(window => window.Time)];
    }
}

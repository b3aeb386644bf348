using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Sensing.Models;

namespace Sensing.CloudIngest.Models;

/// <summary>Trains models again when enough windows have been labelled, one after the other.</summary>
internal sealed partial class RefinementJob(
    ModelRefinement refinement, IEnumerable<IModelTraining> trainings, TimeProvider time, ILogger<RefinementJob> logger) : BackgroundService
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(30);

    private readonly IModelTraining[] _trainings = [.. trainings];
    private readonly PeriodicTimer _timer = new(LookEvery, time);
    private string? _problem;

    public override void Dispose()
    {
        _timer.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            while (await _timer.WaitForNextTickAsync(stoppingToken).ConfigureAwait(false))
            {
                foreach (IModelTraining training in _trainings)
                {
                    await LookAsync(training, stoppingToken).ConfigureAwait(false);
                }
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The tier stops; what was being trained is trained again after the next start.
        }
    }

    private async Task LookAsync(IModelTraining training, CancellationToken cancellation)
    {
        try
        {
            if (refinement.IsDue(training))
            {
                Begins(training.Model);
                (TrainingOutcome outcome, RegisteredModel? model) = await refinement.RunAsync(training, cancellation).ConfigureAwait(false);
                Ended(training.Model, model is null ? "no candidate" : $"{model.Version} is {model.State}", outcome.Reason);
            }

            _problem = null;
        }
#pragma warning disable CA1031 // A training that fails costs neither the tier nor other models; the next look tries again, and the reason is logged once.
        catch (Exception error) when (!cancellation.IsCancellationRequested)
#pragma warning restore CA1031
        {
            if (_problem != error.Message)
            {
                _problem = error.Message;
                Failed(training.Model, error.Message);
            }
        }
    }

    [LoggerMessage(4611, LogLevel.Information, "Training '{Model}' again: enough windows have been labelled.")]
    private partial void Begins(string model);

    [LoggerMessage(4612, LogLevel.Information, "Trained '{Model}': {Result}. {Reason}")]
    private partial void Ended(string model, string result, string reason);

    [LoggerMessage(4613, LogLevel.Error, "'{Model}' could not be trained again: {Reason}")]
    private partial void Failed(string model, string reason);
}

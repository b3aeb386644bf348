using Microsoft.ML.OnnxRuntime;
using Sensing.Marine.Events;
using Sensing.Marine.Impacts.Features;
using Sensing.Models;

namespace Sensing.Marine.Impacts.Models;

/// <summary>The model that decides, and the one that is tried: shadow, switch and return, without a restart.</summary>
/// <remarks>
/// No model, manifest or file costs the model in use: what cannot be read, opened or run is refused, and the model in use decides on.
/// A newer version in the store is examined on <see cref="ReferenceWindows"/>, then runs in shadow. If it keeps up it decides, with the one before it
/// in shadow; if it does worse then, that one decides again. Which model decides and which were rejected is the pipeline's saved state, and comes with
/// each request. Not thread-safe: windows come one at a time.
/// </remarks>
internal sealed partial class ModelLifecycle : IDisposable
{
    /// <summary>A newer model may do so much worse on the reference windows: half of what their number leaves open.</summary>
    private const double Slack = 0.03;

    /// <summary>A newer model is examined, which takes a second or two, with a window that is no impact: no alarm waits for it.</summary>
    private const double Quiet = 0.5;

    private static readonly int Features = new WindowFeatures().Names.Count;

    private readonly ImpactOptions _options;
    private readonly IModelStore _store;
    private readonly Dictionary<string, ModelReport> _refused = new(StringComparer.Ordinal);
    private ImpactModel _inUse;
    private ImpactModel? _other;
    private bool _onTrial;
    private ShadowComparison _comparison = new();
    private double? _accuracy;

    /// <exception cref="ModelException">The store has no such model that can be run on this machine.</exception>
    public ModelLifecycle(ImpactOptions options, IModelStore store)
    {
        (_options, _store) = (options, store);
        _inUse = First();
    }

    /// <summary>Classifies a window, and lets the models change their parts.</summary>
    public ImpactAnswer Answer(ImpactRequest request)
    {
        List<ModelReport> changes = [.. _early];
        _early.Clear();
        if (_options.Version is null)
        {
            Restore(request);
            Arrive(changes);
            Withdraw(request, changes);
        }

        ImpactModel decided = _inUse;
        float[] probabilities = Decide(request.Features, ref decided, changes);
        if (_other is { } other && Beside(other, request.Features, changes) is { } beside)
        {
            (float[] trusted, float[] tried) = _onTrial ? (beside, probabilities) : (probabilities, beside);
            _comparison.Add(trusted, tried, IsAlarm(trusted), IsAlarm(tried));
            if (_comparison.Windows >= _options.ShadowWindows)
            {
                Conclude(changes);
            }
        }
        else if (_options.Version is null && Impact(probabilities) < Quiet)
        {
            Look(request, changes);
        }

        return new ImpactAnswer(decided.Classes, probabilities, decided.Title, _inUse.Description.Digest, changes);
    }

    public void Dispose()
    {
        _other?.Dispose();
        _inUse.Dispose();
    }

    /// <summary>Probability of an impact of any kind.</summary>
    internal static double Impact(IReadOnlyList<float> probabilities)
    {
        double sum = 0;
        for (int i = (int)ImpactClass.Glancing; i < probabilities.Count; i++)
        {
            sum += probabilities[i];
        }

        return sum;
    }

    private bool IsAlarm(float[] probabilities) => Impact(probabilities) >= _options.AlarmProbability;

    /// <summary>Takes a newer model from the store into shadow.</summary>
    private void Look(ImpactRequest request, List<ModelReport> changes)
    {
        ModelDescription? newest = Choices(request).FirstOrDefault();
        if (newest is null || newest.Digest == _inUse.Description.Digest || _refused.ContainsKey(newest.Digest)
            || ModelChoice.Ordered([newest, _inUse.Description])[0] != newest)
        {
            return;
        }

        ImpactModel? opened = null;
        try
        {
            opened = Open(newest);
            _accuracy ??= ReferenceWindows.Accuracy(features => _inUse.Classify(features));
            double accuracy = ReferenceWindows.Accuracy(features => opened.Classify(features));
            if (accuracy < _accuracy - Slack)
            {
                opened.Dispose();
                Refuse(newest, ModelState.Rejected, FormattableString.Invariant(
                    $"on the reference windows it is right in {accuracy:P1}, the model in use in {_accuracy:P1}"), changes);
                return;
            }

            (_other, _onTrial, _comparison) = (opened, false, new ShadowComparison());
            changes.Add(Report(newest, ModelState.Shadow, $"it runs beside {_inUse.Description.Version} for {_options.ShadowWindows} windows"));
        }
        catch (Exception error) when (error is ModelException or OnnxRuntimeException)
        {
            opened?.Dispose();
            Refuse(newest, ModelState.Refused, error.Message, changes);
        }
    }

    private void Refuse(ModelDescription model, ModelState state, string reason, List<ModelReport> changes)
    {
        ModelReport report = Report(model, state, reason);
        _refused[model.Digest] = report;
        changes.Add(report);
    }

    /// <summary>The newer model has been seen for long enough.</summary>
    private void Conclude(List<ModelReport> changes)
    {
        string? worse = _comparison.Worse();
        ImpactModel inUse = _inUse, other = _other!;
        if (!_onTrial && worse is null)
        {
            (_inUse, _other, _onTrial, _accuracy) = (other, inUse, true, null);
            changes.Add(Report(other.Description, ModelState.InUse, $"it kept up with {inUse.Description.Version}; it is watched for as long again"));
        }
        else if (!_onTrial)
        {
            _other = null;
            Refuse(other.Description, ModelState.Rejected, worse!, changes);
            other.Dispose();
        }
        else if (worse is null)
        {
            _other = null;
            other.Dispose();
        }
        else
        {
            Return(worse, changes);
        }

        _comparison = new ShadowComparison();
    }

    /// <summary>The model before the newer one decides again.</summary>
    private void Return(string reason, List<ModelReport> changes)
    {
        ImpactModel tried = _inUse;
        (_inUse, _other, _onTrial, _accuracy) = (_other!, null, false, null);
        Refuse(tried.Description, ModelState.Reverted, reason, changes);
        tried.Dispose();
    }
}

using Microsoft.ML.OnnxRuntime;
using Sensing.Marine.Events;
using Sensing.Marine.Impacts.Learning;
using Sensing.Models;

namespace Sensing.Marine.Impacts.Models;

/// <summary>What the store has, what it says of it, and what cannot be used.</summary>
internal sealed partial class ModelLifecycle
{
    private readonly HashSet<ModelArrival> _arrived = [];

    /// <summary>Changes before the first window.</summary>
    private readonly List<ModelReport> _early = [];

    /// <summary>The model that decides at first: the version that is asked for, else the newest that can be run.</summary>
    private ImpactModel First()
    {
        if (_options.Version is not null)
        {
            return Open(_store.Find(new ModelReference(_options.Model, _options.Version)));
        }

        ModelException? first = null;
        ModelDescription? refused = null;
        try
        {
            refused = _store.Find(new ModelReference(_options.Model));
            return Open(refused);
        }
        catch (ModelException error)
        {
            first = error;
        }

        foreach (ModelDescription model in Listed().Where(model => model != refused && !_store.Withdrawn.Contains(model.Digest)))
        {
            try
            {
                ImpactModel opened = Open(model);
                if (refused is not null)
                {
                    _early.Add(_refused[refused.Digest] = Report(refused, ModelState.Refused, first.Message, opened));
                }

                return opened;
            }
            catch (ModelException)
            {
                // An older one may do.
            }
        }

        throw first;
    }

    /// <summary>The models of this name that the store can open, the newest first; none while its manifest cannot be read.</summary>
    private IEnumerable<ModelDescription> Listed()
    {
        try
        {
            return _store.List().Where(model => model.Name == _options.Model);
        }
        catch (ModelException)
        {
            return [];
        }
    }

    /// <summary>Those of them that may decide.</summary>
    private IEnumerable<ModelDescription> Choices(ImpactRequest request) =>
        Listed().Where(model => !request.Rejected.Contains(model.Digest) && !_store.Withdrawn.Contains(model.Digest));

    /// <summary>After a restart the model that decided before decides; where the store has it no more, the newest that was not rejected.</summary>
    private void Restore(ImpactRequest request)
    {
        if (request.InUse.Length == 0 || request.InUse == _inUse.Description.Digest || _other is not null)
        {
            return;
        }

        ModelDescription? before = Listed().FirstOrDefault(model => model.Digest == request.InUse);
        if (before is null && request.Rejected.Contains(_inUse.Description.Digest))
        {
            before = Choices(request).FirstOrDefault();
        }

        if (before is not null)
        {
            Replace(before);
        }
    }

    /// <summary>Reports what became of models that were announced.</summary>
    private void Arrive(List<ModelReport> changes)
    {
        foreach (ModelArrival arrival in _store.Arrivals.Where(arrival => arrival.Name == _options.Model && _arrived.Add(arrival)))
        {
            changes.Add(Report(
                new ModelDescription(arrival.Name, arrival.Version, arrival.Digest, 0), arrival.IsFetched ? ModelState.Fetched : ModelState.Refused, arrival.Reason));
        }
    }

    /// <summary>A model that its publisher has withdrawn neither decides nor runs in shadow, if another can decide.</summary>
    private void Withdraw(ImpactRequest request, List<ModelReport> changes)
    {
        const string Reason = "its publisher has withdrawn it";
        if (_other is { } other && _store.Withdrawn.Contains(other.Description.Digest))
        {
            (_other, _onTrial, _comparison) = (null, false, new ShadowComparison());
            Refuse(other.Description, ModelState.Rejected, Reason, changes);
            other.Dispose();
        }

        ModelDescription gone = _inUse.Description;
        if (!_store.Withdrawn.Contains(gone.Digest))
        {
            return;
        }

        if (_onTrial && _other is not null)
        {
            Return(Reason, changes);
            _comparison = new ShadowComparison();
        }
        else if (Choices(request).Any(Replace))
        {
            (_other, _comparison) = (Dropped(_other), new ShadowComparison());
            Refuse(gone, ModelState.Reverted, Reason, changes);
        }
    }

    /// <summary>The answer of the model that decides; one on trial that cannot be run is replaced by the one before it.</summary>
    private float[] Decide(float[] features, ref ImpactModel decided, List<ModelReport> changes)
    {
        try
        {
            return decided.Classify(features);
        }
        catch (OnnxRuntimeException error) when (_onTrial && _other is not null)
        {
            Return($"it cannot be run: {error.Message}", changes);
            _comparison = new ShadowComparison();
            decided = _inUse;
            return decided.Classify(features);
        }
    }

    /// <summary>The answer of the model beside it; null where it cannot be run, and then it is refused.</summary>
    private float[]? Beside(ImpactModel other, float[] features, List<ModelReport> changes)
    {
        try
        {
            return other.Classify(features);
        }
        catch (OnnxRuntimeException error)
        {
            (_other, _onTrial, _comparison) = (null, false, new ShadowComparison());
            Refuse(other.Description, ModelState.Refused, $"it cannot be run: {error.Message}", changes);
            other.Dispose();
            return null;
        }
    }

    private bool Replace(ModelDescription model)
    {
        try
        {
            ImpactModel opened = Open(model), replaced = _inUse;
            (_inUse, _accuracy) = (opened, null);
            replaced.Dispose();
            return true;
        }
        catch (ModelException)
        {
            return false;
        }
    }

    private static ImpactModel? Dropped(ImpactModel? model)
    {
        model?.Dispose();
        return null;
    }

    private ModelReport Report(ModelDescription model, ModelState state, string reason, ImpactModel? inUse = null) => new()
    {
        Model = model.Name,
        Version = model.Version,
        Digest = model.Digest,
        State = state,
        InUse = (inUse ?? _inUse).Description.Version,
        Windows = _comparison.Windows,
        Agreement = _comparison.Agreement,
        Reason = reason,
    };

    private ImpactModel Open(ModelDescription found)
    {
        try
        {
            var model = new ImpactModel(found, _store.Read(found), Features);
            if (model.Classes.SequenceEqual(SimulatedWindows.Classes))
            {
                return model;
            }

            model.Dispose();
            throw new ModelException(
                $"{found.Name} {found.Version}", $"its classes are {string.Join(", ", model.Classes)}.",
                $"Train it with the classes {string.Join(", ", SimulatedWindows.Classes)}.");
        }
        catch (PlatformNotSupportedException error)
        {
            throw new ModelException($"{found.Name} {found.Version}", "the model cannot be run on this machine.", error.Message, error);
        }
    }
}

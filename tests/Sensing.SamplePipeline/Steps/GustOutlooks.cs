using Sensing.Effects;
using Sensing.SamplePipeline.Events;
using Sensing.Steps;
using Sensing.Streams;

namespace Sensing.SamplePipeline.Steps;

/// <summary>Asks the model about each gust and holds the gust until the answer comes: the pipeline goes on meanwhile.</summary>
/// <remarks>Without a model, and where the model fails, the gust is reported without an outlook. None is lost.</remarks>
internal sealed class GustOutlooks(WeatherOptions options, IEffectExecutor effects) : IResumable
{
    private readonly SortedDictionary<long, (DateTimeOffset End, Gust Gust)> _waiting = [];
    private long _next;

    /// <summary>Takes a gust; yields it where there is nothing to wait for.</summary>
    public IEnumerable<(DateTimeOffset End, Gust Gust)> Ask((DateTimeOffset End, Gust Gust) gust)
    {
        if (options.OutlookModel is null)
        {
            yield return gust;
            yield break;
        }

        long id = _next++;
        _waiting.Add(id, gust);
        effects.Submit(OutlookModel.Effect, id, new OutlookRequest(gust.Gust.PeakMs, gust.Gust.MeanWindMs));
    }

    /// <summary>Takes a completion; yields its gust.</summary>
    public (DateTimeOffset End, Gust Gust) Answer(EffectCompletion completion)
    {
        if (!_waiting.Remove(completion.Id, out (DateTimeOffset End, Gust Gust) gust))
        {
            throw new InvalidDataException($"'{completion.Effect}' {completion.Id} completed, but no gust waits for it.");
        }

        return completion.Outcome == EffectOutcome.Succeeded
            ? (gust.End, gust.Gust with { OutlookMs = Math.Round(OutlookModel.Effect.Read(completion).PeakMs, 2) })
            : gust;
    }

    public void Save(BinaryWriter state)
    {
        state.Write(_next);
        state.Write(_waiting.Count);
        foreach ((long id, (DateTimeOffset end, Gust gust)) in _waiting)
        {
            state.Write(id);
            state.WriteTime(end);
            state.Write(gust.PeakMs);
            state.Write(gust.MeanWindMs);
            state.Write(gust.DurationSeconds);
        }
    }

    public void Load(BinaryReader state)
    {
        _next = state.ReadInt64();
        _waiting.Clear();
        for (int rest = state.ReadInt32(); rest > 0; rest--)
        {
            _waiting.Add(state.ReadInt64(), (state.ReadTime(), new Gust
            {
                PeakMs = state.ReadDouble(),
                MeanWindMs = state.ReadDouble(),
                DurationSeconds = state.ReadDouble(),
            }));
        }
    }
}

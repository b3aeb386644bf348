using Sensing.Effects;
using Sensing.Events;
using Sensing.Marine.Events;
using Sensing.Marine.Impacts.Detection;
using Sensing.Marine.Impacts.Learning;
using Sensing.Marine.Impacts.Models;
using Sensing.Steps;
using Sensing.Streams;

namespace Sensing.Marine.Impacts.Report;

/// <summary>Asks the classifier about each motion, and reports those that are impacts: the alarm with its answer, the record a second later.</summary>
internal sealed class Decisions(ImpactOptions options, StreamAddress address, IEffectExecutor effects) : IResumable
{
    /// <summary>Digests that are remembered: older ones have been replaced long since.</summary>
    private const int MostRejected = 16;

    private readonly SortedDictionary<long, Motion> _waiting = [];
    private readonly List<string> _rejected = [];
    private Motion? _last;
    private long _next = 1, _impacts;
    private string _inUse = "";

    /// <summary>Takes a motion; yields the record of an impact that is over.</summary>
    public IEnumerable<SensorEvent> Take(Sighting sighting)
    {
        if (!sighting.IsRecord)
        {
            _last = new Motion { Id = _next++, ShownAt = sighting.ShownAt, DecidedAt = sighting.Time, First = sighting.Severity };
            _waiting.Add(_last.Id, _last);
            effects.Submit(ImpactEffect.Effect, _last.Id, new ImpactRequest(sighting.Features, _inUse, [.. _rejected]));
        }
        else if (_last is { } motion && motion.ShownAt == sighting.ShownAt)
        {
            (motion.Whole, motion.Trace) = (sighting.Severity, sighting.Trace);
            if (motion.Answer is not null)
            {
                _last = null;
                return Record(motion);
            }
        }

        return [];
    }

    /// <summary>Takes the classifier's answer; yields what follows from it.</summary>
    public IEnumerable<SensorEvent> Answer(EffectCompletion completion)
    {
        if (!_waiting.Remove(completion.Id, out Motion? motion))
        {
            throw new InvalidDataException($"'{completion.Effect}' {completion.Id} completed, but no motion waits for it.");
        }

        if (completion.Outcome != EffectOutcome.Succeeded)
        {
            return [];
        }

        ImpactAnswer answer = ImpactEffect.Effect.Read(completion);
        _inUse = answer.InUse;
        var made = new List<SensorEvent>();
        double impact = ModelLifecycle.Impact(answer.Probabilities);
        if (impact >= options.AlarmProbability)
        {
            (motion.Answer, motion.Number) = (answer, ++_impacts);
            made.Add(MarineEvents.Impact.Create(address, motion.ShownAt, Key(motion, "alarm"), Of(motion, motion.First, false)));
            made.AddRange(Record(motion));
        }
        else if (_last == motion)
        {
            _last = null;
        }

        foreach (ModelReport change in answer.Changes)
        {
            if (change.State is ModelState.Rejected or ModelState.Reverted && !_rejected.Contains(change.Digest))
            {
                _rejected.Add(change.Digest);
                _rejected.RemoveRange(0, Math.Max(0, _rejected.Count - MostRejected));
            }

            made.Add(MarineEvents.Model.Create(address, motion.DecidedAt, $"{change.Digest} {change.State}", change));
        }

        return made;
    }

    public void Save(BinaryWriter state)
    {
        state.Mark("impact-decisions-1");
        state.Write(_next);
        state.Write(_impacts);
        state.Write(_inUse);
        state.Write(_rejected.Count);
        _rejected.ForEach(state.Write);
        state.Write(_waiting.Count);
        foreach (Motion motion in _waiting.Values)
        {
            motion.Save(state);
        }

        // The last one may be among them; it is the same motion again then.
        state.Write(_last is null ? 0 : _waiting.ContainsKey(_last.Id) ? 1 : 2);
        if (_last is { } last)
        {
            if (_waiting.ContainsKey(last.Id))
            {
                state.Write(last.Id);
            }
            else
            {
                last.Save(state);
            }
        }
    }

    public void Load(BinaryReader state)
    {
        state.Expect("impact-decisions-1");
        _next = state.ReadInt64();
        _impacts = state.ReadInt64();
        _inUse = state.ReadString();
        _rejected.Clear();
        for (int rest = state.ReadInt32(); rest > 0; rest--)
        {
            _rejected.Add(state.ReadString());
        }

        _waiting.Clear();
        for (int rest = state.ReadInt32(); rest > 0; rest--)
        {
            Motion motion = Motion.Load(state);
            _waiting.Add(motion.Id, motion);
        }

        _last = state.ReadInt32() switch
        {
            0 => null,
            1 => _waiting.GetValueOrDefault(state.ReadInt64()) ?? throw new InvalidDataException("The saved state holds a motion that nothing waits for."),
            _ => Motion.Load(state),
        };
    }

    private static string Key(Motion motion, string part) => FormattableString.Invariant($"{motion.Number} {part}");

    private IEnumerable<SensorEvent> Record(Motion motion) => motion is { Whole: { } whole, Answer: not null }
        ? [MarineEvents.Impact.Create(address, motion.ShownAt, Key(motion, "record"), Of(motion, whole, true))]
        : [];

    private static ImpactReport Of(Motion motion, Severity severity, bool complete)
    {
        ImpactAnswer answer = motion.Answer!;
        int best = (int)ImpactClass.Glancing;
        for (int i = best + 1; i < answer.Probabilities.Count; i++)
        {
            best = answer.Probabilities[i] > answer.Probabilities[best] ? i : best;
        }

        return new ImpactReport
        {
            Number = motion.Number,
            Complete = complete,
            Class = (ImpactClass)best,
            ImpactProbability = Math.Round(ModelLifecycle.Impact(answer.Probabilities), 3),
            Probabilities =
            [
                .. answer.Probabilities.Select((probability, i) => new ClassProbability { Class = (ImpactClass)i, Probability = Math.Round(probability, 3) }),
            ],
            PeakMs2 = Math.Round(severity.PeakMs2, 2),
            JerkMs3 = Math.Round(severity.JerkMs3, 1),
            DeltaVMs = Math.Round(severity.DeltaVMs, 3),
            DirectionDeg = Math.Round(severity.DirectionDeg, 1),
            DecidedAfterMs = Math.Round((motion.DecidedAt - motion.ShownAt).TotalMilliseconds, 1),
            Model = answer.Model,
            Trace = complete ? motion.Trace : null,
        };
    }
}

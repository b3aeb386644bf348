using System.Text.Json;
using Sensing.Effects;
using Sensing.Events;
using Sensing.Marine.Events;
using Sensing.Marine.Impacts.Detection;
using Sensing.Marine.Impacts.Learning;
using Sensing.Marine.Impacts.Models;
using Sensing.Marine.Impacts.Upload;
using Sensing.Steps;
using Sensing.Streams;

namespace Sensing.Marine.Impacts.Report;

/// <summary>Asks the classifier about each motion, and reports those that are impacts: the alarm with its answer, the record a second later.</summary>
internal sealed class Decisions(ImpactOptions options, StreamAddress address, IEffectExecutor effects) : IResumable
{
    /// <summary>Digests that are remembered: older ones have been replaced long since.</summary>
    private const int MostRejected = 16;

    /// <summary>Blows that follow within this time belong to the same impact.</summary>
    private static readonly TimeSpan SameImpact = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan LongestOpen = TimeSpan.FromSeconds(5);

    /// <summary>Motions that wait for their answer, and impacts that wait for their record.</summary>
    private readonly SortedDictionary<long, Motion> _open = [];
    private readonly List<string> _rejected = [];
    private readonly SelectiveUpload _upload = new(options.UploadBytesPerHour);
    private DateTimeOffset _lastImpact;
    private long _next = 1, _impacts;
    private string _inUse = "";

    /// <summary>Takes a motion; yields the record of an impact that is over.</summary>
    public IEnumerable<SensorEvent> Take(Sighting sighting)
    {
        if (!sighting.IsRecord)
        {
            var motion = new Motion
            {
                Id = _next++,
                ShownAt = sighting.ShownAt,
                DecidedAt = sighting.Time,
                First = sighting.Severity,
                Window = sighting.Motion,
            };
            _open.Add(motion.Id, motion);
            effects.Submit(ImpactEffect.Effect, motion.Id, new ImpactRequest(sighting.Features, _inUse, [.. _rejected]));
            return [];
        }

        Motion? over = _open.Values.FirstOrDefault(motion => motion.ShownAt == sighting.ShownAt);
        if (over is null)
        {
            return [];
        }

        (over.Whole, over.Trace) = (sighting.Severity, sighting.Trace);
        return over.Answer is null ? [] : Record(over);
    }

    /// <summary>Takes the classifier's answer; yields what follows from it.</summary>
    public IEnumerable<SensorEvent> Answer(EffectCompletion completion)
    {
        if (!_open.TryGetValue(completion.Id, out Motion? motion))
        {
            throw new InvalidDataException($"'{completion.Effect}' {completion.Id} completed, but no motion waits for it.");
        }

        Forget(motion.ShownAt);
        if (completion.Outcome != EffectOutcome.Succeeded)
        {
            _open.Remove(motion.Id);
            return [];
        }

        ImpactAnswer answer = ImpactEffect.Effect.Read(completion);
        _inUse = answer.InUse;
        var made = new List<SensorEvent>();
        if (ModelLifecycle.Impact(answer.Probabilities) < options.AlarmProbability || motion.ShownAt - _lastImpact < SameImpact)
        {
            _open.Remove(motion.Id);
        }
        else
        {
            (motion.Answer, motion.Number, _lastImpact) = (answer, ++_impacts, motion.ShownAt);
            made.Add(MarineEvents.Impact.Create(address, motion.ShownAt, Key(motion, "alarm"), Of(motion, motion.First, false)));
            made.AddRange(Record(motion));
        }

        made.AddRange(Uploads(motion, answer));
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
        state.WriteTime(_lastImpact);
        state.Write(_open.Count);
        foreach (Motion motion in _open.Values)
        {
            motion.Save(state);
        }

        _upload.Save(state);
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

        _lastImpact = state.ReadTime();
        _open.Clear();
        for (int rest = state.ReadInt32(); rest > 0; rest--)
        {
            Motion motion = Motion.Load(state);
            _open.Add(motion.Id, motion);
        }

        _upload.Load(state);
    }

    private static string Key(Motion motion, string part) => FormattableString.Invariant($"{motion.Number} {part}");

    /// <summary>Offers the motion for an upload; yields what is due.</summary>
    private IEnumerable<SensorEvent> Uploads(Motion motion, ImpactAnswer answer)
    {
        if (motion.Window is not { } window)
        {
            return [];
        }

        float[] probabilities = [.. answer.Probabilities];
        int best = Calibration.Best(probabilities);
        double entropy = Calibration.Entropy(probabilities);
        var offered = new ImpactWindow
        {
            Class = (ImpactClass)best,
            Probability = Math.Round(probabilities[best], 4),
            Entropy = Math.Round(entropy, 4),
            Model = answer.Model,
            Rate = Segmenter.Rate,
            Motion = Convert.ToBase64String(window),
        };
        return _upload.Offer(motion.ShownAt, entropy, JsonSerializer.SerializeToUtf8Bytes(offered, MarineEventJson.Default.ImpactWindow))
            .Select(due => MarineEvents.Window.Create(address, due.Time, "", JsonSerializer.Deserialize(due.Item, MarineEventJson.Default.ImpactWindow)!));
    }

    private IEnumerable<SensorEvent> Record(Motion motion)
    {
        if (motion.Whole is not { } whole)
        {
            return [];
        }

        _open.Remove(motion.Id);
        return [MarineEvents.Impact.Create(address, motion.ShownAt, Key(motion, "record"), Of(motion, whole, true))];
    }

    /// <summary>Impacts whose record never came, as the samples ended in between, are not waited for any longer.</summary>
    private void Forget(DateTimeOffset now)
    {
        foreach (Motion motion in _open.Values.Where(motion => motion.Answer is not null && now - motion.ShownAt > LongestOpen).ToArray())
        {
            _open.Remove(motion.Id);
        }
    }

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

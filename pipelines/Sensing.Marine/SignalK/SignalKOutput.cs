using Sensing.Effects;
using Sensing.Events;
using Sensing.Events.Node;
using Sensing.Marine.Report;
using Sensing.Marine.Targets;
using Sensing.Marine.Watch;
using Sensing.Steps;

namespace Sensing.Marine.SignalK;

/// <summary>Pictures in, after the watch; deltas to a Signal K server out. A server that cannot be reached is reported once.</summary>
/// <remarks>It keeps no state across a restart: everything is sent again.</remarks>
internal sealed class SignalKOutput(MarineOptions options, StreamAddress address, IEffectExecutor effects) : IStep<Picture, SensorEvent>
{
    /// <summary>An alarm is repeated for servers and displays that were started later, s.</summary>
    private const double RepeatSeconds = 30;

    private readonly SignalKOptions? _output = options.SignalK;
    private readonly HashSet<int> _published = [];
    private DateTimeOffset _nextApproaches, _nextAlarm;
    private (AlertLevel Level, string Message, bool IsSilent) _said = (AlertLevel.None, "", false);
    private bool _isFailing;

    public void Next(Picture item, Action<SensorEvent> emit)
    {
        if (_output is null)
        {
            return;
        }

        var deltas = new List<byte[]>();
        if (item.Time >= _nextApproaches)
        {
            _nextApproaches = item.Time.AddSeconds(_output.IntervalSeconds);
            Approaches(item, deltas);
        }

        Alarm(item, deltas);
        if (deltas.Count > 0)
        {
            // Unique without a counter that would have to survive a restart: pictures are a second apart.
            effects.Submit(SignalKSender.Effect, item.Time.UtcTicks, new SignalKDatagrams(deltas));
        }
    }

    public void Break(Action<SensorEvent> emit)
    {
    }

    /// <summary>Reports the first failure after a success.</summary>
    public IEnumerable<SensorEvent> Take(EffectCompletion completion)
    {
        bool fails = completion.Outcome is EffectOutcome.Failed or EffectOutcome.TimedOut;
        if (fails && !_isFailing)
        {
            yield return NodeEvents.Notice.Create(address, completion.Time, "signal-k", new StreamNotice
            {
                Code = "signal-k",
                Severity = NoticeSeverity.Warning,
                Message = $"Signal K deltas cannot be sent: {completion.Problem}",
                Input = $"udp://{_output?.Host}:{_output?.Port}",
                Remedy = "Check the options 'signalK.host' and 'signalK.port', and that the network is up.",
            });
        }

        _isFailing = fails || (_isFailing && completion.Outcome != EffectOutcome.Succeeded);
    }

    public void Save(BinaryWriter state)
    {
    }

    public void Load(BinaryReader state)
    {
    }

    private void Approaches(Picture item, List<byte[]> deltas)
    {
        var gone = new HashSet<int>(_published);
        foreach (Target target in item.Targets)
        {
            bool isVessel = target.Key > 0 && target.Kind is TargetKind.ClassA or TargetKind.ClassB;
            if (isVessel && target.State == TargetState.Confirmed && target.Encounter.Last.Approach is { TcpaS: > 0 } approach)
            {
                deltas.Add(SignalKDelta.ClosestApproach(item.Time, target.Key, approach));
                _published.Add(target.Key);
                gone.Remove(target.Key);
            }
        }

        foreach (int mmsi in gone.Order())
        {
            deltas.Add(SignalKDelta.ClosestApproach(item.Time, mmsi, null));
            _published.Remove(mmsi);
        }
    }

    private void Alarm(Picture item, List<byte[]> deltas)
    {
        Target? worst = item.Targets
            .Where(target => !target.IsMuted && target.Encounter is { Level: > AlertLevel.None, Reason: AlertReason.ClosestApproach or AlertReason.GuardZone })
            .OrderByDescending(target => target.Encounter.Level)
            .ThenBy(target => target.Encounter.IsAcknowledged)
            .ThenByDescending(target => target.Encounter.Risk)
            .ThenBy(target => target.Key)
            .FirstOrDefault();
        (AlertLevel, string, bool) now = worst is null
            ? (AlertLevel.None, "No risk of collision", false)
            : (worst.Encounter.Level, $"{Name(worst)}: {Advice.Of(worst.Encounter, worst.Reported.Status, options.RestrictedVisibility)}", worst.Encounter.IsAcknowledged);
        if (now == _said && item.Time < _nextAlarm)
        {
            return;
        }

        _said = now;
        _nextAlarm = item.Time.AddSeconds(RepeatSeconds);
        deltas.Add(SignalKDelta.Collision(item.Time, now.Item1, now.Item2, now.Item3));
    }

    private static string Name(Target target) => target.Name.Length > 0 ? target.Name.ToString() : target.Id;
}

namespace Sensing.TrafficCamera.Signals;

public sealed partial class SignalController
{
    /// <summary>Asks for the phase that should be green now.</summary>
    private void Decide()
    {
        string? problem = _rule is null ? null : Usable();
        int lane = _preemption.Due(_lamps, _traffic);
        if (lane < 0 && _preempted)
        {
            _recovering = true;
        }

        _preempted = lane >= 0;
        if (_lamps.Stage == SignalStage.AllRed && _traffic.Clearing(_lamps.Clock))
        {
            _lamps.ProlongAllRed(2 * DecisionStep);
        }

        if (!_lamps.MayEnd)
        {
            return;
        }

        int now = _lamps.Phase;
        if (lane >= 0)
        {
            // Where another phase serves the lane as well, the present one is held.
            (int approach, int number) = _layout.Lanes[lane];
            Ask(_preemption.PhaseFor(lane), SignalMode.Preemption,
                $"emergency vehicle on '{_layout.Options.Approaches[approach].Name}', lane {number}");
            return;
        }

        int longest = LongestRed();
        if (_recovering)
        {
            _recovering = false;
            if (longest >= 0 && _redSince[longest] < _lamps.Clock)
            {
                Ask(Serving(longest), SignalMode.Recovery,
                    $"after an emergency vehicle: '{_layout.Options.Groups[longest].Name}' has waited longest");
                return;
            }
        }

        if (longest >= 0 && _lamps.Clock - _redSince[longest] + _layout.ChangeTicks(now, Serving(longest))
            >= JunctionLayout.Ticks(_layout.Options.StarvationSeconds))
        {
            Ask(Serving(longest), SignalMode.Starvation,
                $"'{_layout.Options.Groups[longest].Name}' has been red for {Seconds(_lamps.Clock - _redSince[longest]):0} s");
            return;
        }

        if (_rule is null || problem is not null)
        {
            Ask(_fixed.Due(_time!.Value).Phase, SignalMode.FixedPlan,
                problem is null ? "the fixed plan" : $"the fixed plan, since {problem}");
            return;
        }

        int chosen = _rule.Choose(_lamps, _traffic, out Func<string> reason);
        if (chosen != now)
        {
            Ask(chosen, SignalMode.Rule, reason());
        }
        else if (_mode != SignalMode.Rule)
        {
            (_mode, _reason) = (SignalMode.Rule, $"the rule holds '{PhaseName(now)}'");
        }
    }

    private void Ask(int phase, SignalMode mode, string reason)
    {
        (_mode, _reason) = (mode, reason);
        _lamps.Request(phase);
    }

    /// <summary>Why the readings cannot be used; null once they have been usable for long enough.</summary>
    private string? Usable()
    {
        string? problem = _traffic.Problem(_lamps.Clock);
        if (problem is not null)
        {
            _usableSince = -1;
        }
        else if (_usableSince < 0)
        {
            _usableSince = _lamps.Clock;
        }

        if (problem is null && _lamps.Clock - _usableSince < JunctionLayout.Ticks(_layout.Options.RecoverSeconds))
        {
            problem = "the readings have only just become usable";
        }

        _fallback = problem;
        return problem;
    }

    /// <summary>The group that has been red for the longest time; −1: none is red.</summary>
    private int LongestRed()
    {
        int longest = -1;
        for (int group = 0; group < _layout.Groups; group++)
        {
            if (_lamps.Aspect(group) == SignalAspect.Red && (longest < 0 || _redSince[group] < _redSince[longest]))
            {
                longest = group;
            }
        }

        return longest;
    }

    /// <summary>The phase that serves a group, and the most others that have waited as long.</summary>
    private int Serving(int group)
    {
        int best = _lamps.Phase;
        long most = -1;
        for (int phase = 0; phase < _layout.Phases; phase++)
        {
            if (_layout.Aspects[phase][group] == SignalAspect.Red)
            {
                continue;
            }

            long waited = 0;
            for (int other = 0; other < _layout.Groups; other++)
            {
                waited += _layout.Aspects[phase][other] == SignalAspect.Red ? 0 : _lamps.Clock - _redSince[other];
            }

            if (waited > most)
            {
                (best, most) = (phase, waited);
            }
        }

        return best;
    }
}

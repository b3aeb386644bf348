using System.Globalization;
using System.Xml.Linq;
using Sensing.TrafficCamera.Signals;

namespace Sensing.Benchmarks.Camera.Signals;

/// <summary>The one junction with signals of a SUMO network, and its description for the controller.</summary>
internal sealed class SumoJunction
{
    /// <summary>Shortest and longest green where the network gives none, s: those that the network of Cologne gives.</summary>
    private const double ShortestGreen = 5, LongestGreen = 50;

    private readonly XElement _net;
    private readonly Link[] _links;
    private readonly int[] _groupOf;

    public SumoJunction(string netFile, double visibleM)
    {
        _net = XDocument.Load(netFile).Root!;
        XElement logic = _net.Elements("tlLogic").Single();
        Lights = (string)logic.Attribute("id")!;
        Junction = (string)_net.Elements("junction").Single(j => (string?)j.Attribute("type") == "traffic_light").Attribute("id")!;
        _links = [.. _net.Elements("connection").Where(c => (string?)c.Attribute("tl") == Lights)
            .Select(c => new Link((int)c.Attribute("linkIndex")!, (string)c.Attribute("from")!, (int)c.Attribute("fromLane")!))
            .OrderBy(l => l.Index)];
        (string State, double Duration, double Min, double Max)[] greens = [.. logic.Elements("phase")
            .Select(p => ((string)p.Attribute("state")!, Number(p, "duration", 0), Number(p, "minDur", ShortestGreen), Number(p, "maxDur", LongestGreen)))
            .Where(p => !p.Item1.Contains('y', StringComparison.Ordinal) && p.Item1.Contains('G', StringComparison.Ordinal))];
        Program = [.. logic.Elements("phase").Select(p => ((string)p.Attribute("state")!, Number(p, "duration", 0)))];
        GreenStates = [.. greens.Select(g => g.State)];

        // A group: what leaves one edge and always shows the same.
        string[] keys = [.. _links.Select(l => l.Edge + " " + string.Concat(GreenStates.Select(s => s[l.Index])))];
        string[] distinct = [.. keys.Distinct()];
        _groupOf = [.. keys.Select(k => Array.IndexOf(distinct, k))];
        string[] names = [.. distinct.Select((_, g) => "links " + string.Join(' ', _links.Where(l => _groupOf[l.Index] == g).Select(l => l.Index)))];
        Views = new CameraViews(_net, [.. _links.Select(l => (l.Edge, l.Lane)).Distinct()], visibleM);
        Options = new JunctionOptions
        {
            Name = Lights,
            Approaches = [.. _links.Select(l => l.Edge).Distinct().Select(e => new JunctionApproachOptions { Name = e, VisibleM = visibleM })],
            Groups = [.. names.Select((n, g) => new SignalGroupOptions
            {
                Name = n,
                Lanes = [.. _links.Where(l => _groupOf[l.Index] == g).Select(l => (l.Edge, l.Lane)).Distinct()
                    .Select(l => new GroupLaneOptions { Approach = l.Edge, Lane = l.Lane })],
            })],
            Conflicts = [.. Conflicts(names)],
            Phases = [.. greens.Select((p, i) => new PhaseOptions
            {
                Name = $"phase {i + 1}",
                Green = [.. names.Where((_, g) => StateOf(p.State, g) == 'G')],
                Permissive = [.. names.Where((_, g) => StateOf(p.State, g) == 'g')],
                MinGreenSeconds = p.Min,
                MaxGreenSeconds = p.Max,
            })],
            FixedPlan = new FixedPlanOptions
            {
                CycleSeconds = greens.Sum(g => g.Duration + 4),
                Splits = [.. greens.Select((g, i) => new FixedSplitOptions { Phase = $"phase {i + 1}", GreenSeconds = g.Duration })],
            },
        };
        if (Options.Check().FirstOrDefault() is { } problem)
        {
            throw new MeasureException($"{netFile}: {problem}");
        }
    }

    /// <summary>SUMO's name of the signals.</summary>
    public string Lights { get; }

    public string Junction { get; }

    public JunctionOptions Options { get; }

    public CameraViews Views { get; }

    /// <summary>The network's own programme.</summary>
    public (string State, double Duration)[] Program { get; }

    /// <summary>States of its phases with greens.</summary>
    public string[] GreenStates { get; }

    /// <summary>SUMO's state for what the controller's groups show.</summary>
    public string State(Func<int, SignalAspect> aspect) => string.Concat(_links.Select(l => aspect(_groupOf[l.Index]) switch
    {
        SignalAspect.Green => 'G',
        SignalAspect.Permissive => 'g',
        SignalAspect.Yellow => 'y',
        _ => 'r',
    }));

    /// <summary>Edge and lane of a link.</summary>
    public (string Edge, int Lane) LaneOf(int link) => (_links[link].Edge, _links[link].Lane);

    private char StateOf(string state, int group) => state[Array.IndexOf(_groupOf, group)];

    /// <summary>Foes of the junction's right-of-way table; those that the network lets yield may yield.</summary>
    private IEnumerable<ConflictOptions> Conflicts(string[] names)
    {
        string[] foes = [.. _net.Elements("junction").Single(j => (string?)j.Attribute("id") == Junction).Elements("request")
            .OrderBy(r => (int)r.Attribute("index")!).Select(r => (string)r.Attribute("foes")!)];
        for (int a = 0; a < names.Length; a++)
        {
            for (int b = 0; b < a; b++)
            {
                bool conflict = _links.Any(i => _groupOf[i.Index] == a && _links.Any(j => _groupOf[j.Index] == b && foes[i.Index][^(j.Index + 1)] == '1'));
                bool yields = GreenStates.Any(s => StateOf(s, a) != 'r' && StateOf(s, b) != 'r' && (StateOf(s, a) == 'g' || StateOf(s, b) == 'g'));
                if (conflict)
                {
                    yield return new ConflictOptions { First = names[a], Second = names[b], MayYield = yields };
                }
            }
        }
    }

    private static double Number(XElement element, string name, double otherwise) =>
        element.Attribute(name) is { } value ? double.Parse(value.Value, CultureInfo.InvariantCulture) : otherwise;

    private sealed record Link(int Index, string Edge, int Lane);
}

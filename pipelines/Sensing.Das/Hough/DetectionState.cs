using System.Numerics.Tensors;
using Sensing.Das.Condition;
using Sensing.Das.Events;
using Sensing.Steps;
using Sensing.Streams;

namespace Sensing.Das.Hough;

/// <summary>The line searches of one fibre layout and the evidence that they read.</summary>
internal sealed class DetectionState : IResumable
{
    /// <summary>How far from a line a position's own peak may lie, s.</summary>
    private const double RidgeSeconds = 0.3;
    private const double VibrationSeconds = 0.75;

    private readonly DasOptions _options;
    private readonly SiteState _site;
    private readonly SlownessGrid _grid;
    private readonly EvidenceHistory _history;
    private readonly LineSearch[] _searches;
    private readonly int _wait;
    private DateTimeOffset _origin;

    public DetectionState(FibreLayout layout, DasOptions options, SiteState site)
    {
        Layout = layout;
        _options = options;
        _site = site;
        _grid = new SlownessGrid(options);
        site.Use(layout);
        IReadOnlyList<Aperture> apertures = Aperture.Cover(layout.Positions, layout.StepM, options.Detect);
        TravelDirection[] ways = options.Directions switch
        {
            Directions.Increasing => [TravelDirection.Increasing],
            Directions.Decreasing => [TravelDirection.Decreasing],
            _ => [TravelDirection.Increasing, TravelDirection.Decreasing],
        };
        _searches = [.. apertures.SelectMany(a => ways.Select(w =>
            new LineSearch(a, w, _grid, layout.StepM, layout.RateHz, options.Detect)))];
        _wait = (int)Math.Ceiling(site.Delays.LatestSeconds * layout.RateHz) + 1;
        double reachM = Math.Max(apertures[0].Count * layout.StepM, site.Delays.StretchM);
        double longest = (_grid.Values[^1] * reachM) + options.Detect.LookaheadSeconds + site.Delays.EarliestSeconds + 6;
        _history = new EvidenceHistory(options.Condition.TemplateSeconds.Length, layout.Positions, (int)(longest * layout.RateHz));
    }

    public FibreLayout Layout { get; }

    public void Next(ConditionedRow row, Action<Batch<Segment>> emit)
    {
        _origin = row.Origin;
        _history.Add(row);
        long complete = row.Row + 1 - _wait;
        if (complete <= 0 || complete % QuantileStack.Width != 0)
        {
            return;
        }

        Search(complete, emit);
    }

    /// <summary>Decides on all that is left: nothing follows.</summary>
    public void Flush(Action<Batch<Segment>> emit)
    {
        if (_history.Newest >= 0)
        {
            _site.Delays.Use(_history, _grid);
            var segments = new List<Segment>();
            foreach (LineSearch search in _searches)
            {
                search.Decide(double.PositiveInfinity, (line, excess) => segments.Add(Describe(search, line, excess)));
            }

            emit(new Batch<Segment>(_origin, double.PositiveInfinity, segments));
        }
    }

    public void Reset()
    {
        _history.Reset();
        foreach (LineSearch search in _searches)
        {
            search.Reset();
        }
    }

    public void Save(BinaryWriter state)
    {
        state.WriteTime(_origin);
        _history.Save(state);
        foreach (LineSearch search in _searches)
        {
            search.Save(state);
        }
    }

    public void Load(BinaryReader state)
    {
        _origin = state.ReadTime();
        _history.Load(state);
        foreach (LineSearch search in _searches)
        {
            search.Load(state);
        }
    }

    private void Search(long complete, Action<Batch<Segment>> emit)
    {
        _site.Delays.Use(_history, _grid);
        var segments = new List<Segment>();
        double until = complete / Layout.RateHz;
        foreach (LineSearch search in _searches)
        {
            search.Accumulate(_history, complete - QuantileStack.Width, _site.Delays.Of((int)search.Direction));
            search.FindMaxima(complete);
            search.Decide(until - RidgeSeconds, (line, excess) => segments.Add(Describe(search, line, excess)));
        }

        emit(new Batch<Segment>(_origin, until - RidgeSeconds - _options.Detect.LookaheadSeconds, segments));
    }

    /// <summary>The segment of a line, with each position's own peak near it.</summary>
    private Segment Describe(LineSearch search, LineCandidate line, double excess)
    {
        Aperture aperture = search.Aperture;
        double[] delays = _site.Delays.Of((int)search.Direction);
        double perPosition = _grid.Values[line.Slowness] * Layout.StepM;
        bool rising = search.Direction == TravelDirection.Increasing;
        double first = rising ? line.ExitSeconds - ((aperture.Count - 1) * perPosition) : line.ExitSeconds;
        int template = _grid.Templates[line.Slowness];
        var points = new List<RidgePoint>();
        for (int p = aperture.First; p <= aperture.Last; p++)
        {
            double seconds = first + ((p - aperture.First) * (rising ? perPosition : -perPosition)) + delays[p];
            if (_history.Alive[p] && Peak(template, p, seconds, 0.3f * line.Evidence) is { } point)
            {
                points.Add(point);
            }
        }

        return new Segment
        {
            Aperture = aperture.Number,
            Direction = search.Direction,
            FirstPosition = aperture.First,
            LastPosition = aperture.Last,
            FirstSeconds = first,
            SecondsPerPosition = rising ? perPosition : -perPosition,
            Evidence = line.Evidence,
            Excess = (float)excess,
            Points = points,
        };
    }

    private RidgePoint? Peak(int template, int position, double seconds, float least)
    {
        int reach = (int)Math.Round(RidgeSeconds * Layout.RateHz), far = (int)Math.Round(VibrationSeconds * Layout.RateHz);
        long middle = (long)Math.Round(seconds * Layout.RateHz);
        long oldest = Math.Max(0, _history.Newest - _history.Kept + 1);
        if (middle - far - 1 < oldest || middle + Math.Max(reach + 1, 1) > _history.Newest)
        {
            return null;
        }

        ReadOnlySpan<float> around = _history.Evidence(template, position, middle - reach, (2 * reach) + 1);
        int best = 1;
        for (int i = 2; i < around.Length - 1; i++)
        {
            best = around[i] > around[best] ? i : best;
        }

        double curve = around[best - 1] - (2 * around[best]) + around[best + 1];
        if (around[best] < least || curve >= 0 || around[best] < around[best - 1] || around[best] < around[best + 1])
        {
            return null;
        }

        double shift = Math.Clamp(0.5 * (around[best - 1] - around[best + 1]) / curve, -0.5, 0.5);
        // The weaker side of the two: a vehicle is alike before and behind itself, a neighbour close to it is on one side alone.
        long after = Math.Min(_history.Newest, middle + far);
        float power = Math.Min(
            Mean(_history.Vibration(position, middle - far, far + 1)),
            Mean(_history.Vibration(position, middle, (int)(after - middle + 1))));

        return new RidgePoint(
            position, (middle - reach + best + shift) / Layout.RateHz, around[best], around[best] * _history.UnitOf(position), power);
    }

    private static float Mean(ReadOnlySpan<float> values) => TensorPrimitives.Sum(values) / values.Length;
}

using System.Text.Json;
using Sensing.Drones.Events;
using Sensing.Drones.Live;
using Sensing.Effects;
using Sensing.Events;
using Sensing.Steps;
using Sensing.Streams;

namespace Sensing.Drones.Report;

/// <summary>Hands each segment's tasks over and holds the segment until all have ended.</summary>
internal sealed class SegmentBook : IResumable
{
    private readonly DroneOptions _options;
    private readonly StreamAddress _address;
    private readonly IEffectExecutor _effects;
    private readonly QosReport _qos;
    private BookState _state;

    public SegmentBook(DroneOptions options, StreamAddress address, IEffectExecutor effects)
    {
        _options = options;
        _address = address;
        _effects = effects;
        _qos = new QosReport(options, address);
        _state = _qos.Begin(new BookState());
    }

    /// <summary>Takes a segment; yields the report of a period that has ended.</summary>
    public IReadOnlyList<SensorEvent> Take(DroneSegment segment)
    {
        IReadOnlyList<SensorEvent> events = _qos.MoveTo(_state, segment.Time);
        int types = _options.Tasks.Length;
        long number = _state.NextSegment++;
        _state.Drones.Add(segment.Drone);
        _state.Open.Add(number, new OpenSegment
        {
            Drone = segment.Drone,
            Number = segment.Number,
            Time = segment.Time,
            Width = segment.Frame.CameraWidth,
            Height = segment.Frame.CameraHeight,
            Results = new TaskResult?[types],
        });

        // Another type first each time: none is favoured where tasks are equal otherwise.
        int[] order = [.. Enumerable.Range(0, types).Select(i => (int)((i + number) % types))];
        var work = new SegmentWork(segment.Drone, segment.Number, segment.Frame.Copy(), order, IsPictured(segment));
        for (int i = 0; i < types; i++)
        {
            _effects.Submit(DroneTaskEffect.Effect, (number * types) + order[i], new TaskRequest(work, i));
        }

        return events;
    }

    /// <summary>Takes the end of a task; yields the segment's result where it was the last.</summary>
    public IReadOnlyList<SensorEvent> Answer(EffectCompletion completion)
    {
        int types = _options.Tasks.Length, type = (int)(completion.Id % types);
        if (!_state.Open.TryGetValue(completion.Id / types, out OpenSegment? segment) || segment.Results[type] is not null)
        {
            throw new InvalidDataException($"'{completion.Effect}' {completion.Id} completed, but no segment waits for it.");
        }

        TaskResult result = completion.Outcome == EffectOutcome.Succeeded ? DroneTaskEffect.Effect.Read(completion) : new TaskResult
        {
            // Refused for want of room, or lost with a restart: it never ran as far as anybody knows.
            Fate = TaskFate.Dropped,
            Place = TaskPlace.None,
            LatencyMs = 0,
            Problem = completion.Problem,
        };
        segment.Results[type] = result;
        _qos.Add(_state, segment, type, result);
        if (segment.Results.Any(other => other is null))
        {
            return [];
        }

        _state.Open.Remove(completion.Id / types);
        return [DroneEvents.Result.Create(_address, segment.Time, segment.Drone, Report(segment))];
    }

    /// <summary>The end of a recording: the period that runs is reported.</summary>
    public IReadOnlyList<SensorEvent> Finish() => _qos.Finish(_state);

    public void Save(BinaryWriter state)
    {
        state.Mark("drone-1");
        byte[] json = JsonSerializer.SerializeToUtf8Bytes(_state, DroneLiveJson.Default.BookState);
        state.WriteArray<byte>(json);
    }

    public void Load(BinaryReader state)
    {
        state.Expect("drone-1");
        byte[] json = state.ReadArray<byte>(1 << 28);
        try
        {
            BookState read = JsonSerializer.Deserialize(json, DroneLiveJson.Default.BookState) ?? throw new JsonException("it is null");
            int types = _options.Tasks.Length;
            if (read.Types.Length != types || read.LastCompletion.Length != types
                || read.Open.Values.Any(segment => segment.Results.Length != types) || read.Windows.Values.Any(window => window.Done.Length != types))
            {
                throw new JsonException($"it is not of {types} task types");
            }

            _state = read;
        }
        catch (JsonException error)
        {
            throw new InvalidDataException($"The saved state of the drones' tasks cannot be read: {error.Message}", error);
        }
    }

    private bool IsPictured(DroneSegment segment)
    {
        if (_options.PictureSeconds <= 0)
        {
            return false;
        }

        // Instants on the clock, so that they do not depend on the first segment.
        long slot = segment.Time.UtcTicks / (long)(_options.PictureSeconds * TimeSpan.TicksPerSecond);
        if (_state.Pictures.TryGetValue(segment.Drone, out long last) && slot <= last)
        {
            return false;
        }

        _state.Pictures[segment.Drone] = slot;
        return true;
    }

    private DroneResult Report(OpenSegment segment)
    {
        TaskFindings[] found = [.. segment.Results.Select(result => result?.Findings).OfType<TaskFindings>()];
        return new DroneResult
        {
            Drone = segment.Drone,
            Segment = segment.Number,
            Width = segment.Width,
            Height = segment.Height,
            Tasks = [.. segment.Results.Select((result, type) => Report(_options.Tasks[type], result!))],
            Persons = PersonMerge.Of(found),
            Crowd = found.Select(item => item.Crowd).FirstOrDefault(crowd => crowd is not null),
            NearestObject = found.Select(item => item.NearestObject).FirstOrDefault(name => name is not null),
            NearestObjectM = found.Select(item => item.NearestObjectM).FirstOrDefault(metres => metres is not null),
            Jpeg = segment.Results.Select(result => result?.Jpeg).FirstOrDefault(jpeg => jpeg is not null),
        };
    }

    private TaskReport Report(DroneTaskKind kind, TaskResult result) => new()
    {
        Type = DroneTaskTypes.Name(kind),
        Fate = result.Fate,
        Place = result.Place,
        Variant = result.Variant,
        LatencyMs = result.LatencyMs,
        DeadlineMs = _qos.DeadlineMs(kind),
        RanMs = result.RanMs,
        Stolen = result.Stolen,
        Migrated = result.Migrated,
        Utility = result.Utility,
        Problem = result.Problem,
    };
}

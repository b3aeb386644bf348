using Sensing.Effects;
using Sensing.Steps;
using Sensing.Vision.Onnx.Detection;

namespace Sensing.TrafficCamera.Detector;

/// <summary>Chooses the frames that the model looks at, and brings what it found to the frame that comes next.</summary>
/// <remarks>One frame at a time. The model's time is that of the completion, which a recording of completions keeps.</remarks>
internal sealed class DetectorFrames(TrafficOptions options, IEffectExecutor effects) : IStep<SeenFrame, SeenFrame>
{
    private const int MostObjects = 1000;

    private readonly DetectorOptions? _options = options.Detector;
    private DetectorAnswer? _answer;
    private PictureSize _size;
    private PictureRegion _region;
    private long _frame;
    private long _next = 1;
    private long _pending;
    private long _asked;
    private long _resume;
    private DetectorTally _tally;

    /// <summary>What has become of the frames since the last call.</summary>
    public DetectorTally TakeTally()
    {
        DetectorTally tally = _tally;
        _tally = default;
        return tally;
    }

    public void Next(SeenFrame item, Action<SeenFrame> emit)
    {
        if (_options is null)
        {
            emit(item);
            return;
        }

        DetectorAnswer? answer = _answer;
        _answer = null;
        long asked = _frame % _options.EveryNthFrame == 0 ? Ask(item) : 0;
        _frame++;
        emit(item with { Answer = answer, Asked = asked });
    }

    /// <summary>Takes a completion; what it brings goes with the next frame.</summary>
    public void Complete(EffectCompletion completion)
    {
        if (completion.Id != _pending)
        {
            return;
        }

        _pending = 0;
        if (completion.Outcome == EffectOutcome.Succeeded)
        {
            DetectorResult result = DetectorModel.Effect.Read(completion);
            _answer = new DetectorAnswer(completion.Id, result.Objects);
            _tally.Looked++;
            _tally.Objects += result.Objects.Count;
        }
        else
        {
            _tally.Failed++;
            _tally.Problem = completion.Problem;
        }

        if (_options?.BudgetMs is { } budget)
        {
            double milliseconds = completion.Elapsed.TotalMilliseconds;
            _tally.LongestMs = Math.Max(_tally.LongestMs, milliseconds);
            _resume = _asked + (long)Math.Min(1_000_000, Math.Ceiling(milliseconds / budget));
        }
    }

    public void Break(Action<SeenFrame> emit) => _answer = null;

    public void Save(BinaryWriter state)
    {
        state.Mark("detector-frames-1");
        foreach (long number in (ReadOnlySpan<long>)[_frame, _next, _pending, _asked, _resume])
        {
            state.Write(number);
        }

        _tally.Save(state);
        state.Write(_answer?.Id ?? 0);
        state.WriteArray<DetectedObject>(_answer?.Objects.ToArray() ?? []);
    }

    public void Load(BinaryReader state)
    {
        state.Expect("detector-frames-1");
        (_frame, _next, _pending) = (state.ReadInt64(), state.ReadInt64(), state.ReadInt64());
        (_asked, _resume) = (state.ReadInt64(), state.ReadInt64());
        _tally = DetectorTally.Load(state);
        long id = state.ReadInt64();
        DetectedObject[] objects = state.ReadArray<DetectedObject>(MostObjects);
        _answer = id == 0 ? null : new DetectorAnswer(id, objects);
    }

    private long Ask(SeenFrame item)
    {
        if (_pending != 0 || _frame < _resume)
        {
            _tally.Skipped++;
            return 0;
        }

        var size = PictureSize.Of(item.Frame);
        if (size != _size)
        {
            (_size, _region) = (size, DetectorRegion.Of(options.Approaches, size));
        }

        (_pending, _asked) = (_next++, _frame);
        effects.Submit(DetectorModel.Effect, _pending, new DetectorRequest(item.Frame.Copy(), _region));
        return _pending;
    }
}

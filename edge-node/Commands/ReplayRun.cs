using System.Text;
using Sensing.EdgeNode.Streams;
using Sensing.Effects;
using Sensing.Events;
using Sensing.Events.Node;
using Sensing.Modules;
using Sensing.Streams;

namespace Sensing.EdgeNode.Commands;

/// <summary>One replay: reads the source to its end, at a pace, and writes the events.</summary>
internal sealed class ReplayRun(
    ReplayRequest request, EffectLimits limits, TextWriter output, TextWriter progress, TimeProvider time, StreamPace pace, IReplayFigure? figure, IReplayVideo? video,
    CancellationToken cancellation)
    : IStreamVisitor<Task>
{
    private static readonly TimeSpan ReportEvery = TimeSpan.FromSeconds(1);

    private readonly long _began = time.GetTimestamp();
    private long _reported = time.GetTimestamp();
    private readonly SortedDictionary<string, long> _types = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, (long Count, StreamNotice First)> _notices = new(StringComparer.Ordinal);
    private long _events;
    private DateTimeOffset? _first;
    private DateTimeOffset _last;

    public async Task Visit<TSample>(StreamParts<TSample> stream)
        where TSample : class, ITimed
    {
        await using ISource<TSample> source = stream.OpenSource();
        await using var pipeline = new PipelineRun<TSample>(executor => Watched(stream.CreatePipeline(executor)), Effects(stream), Write);
        await foreach (SourceItem<TSample> item in source.ReadAsync(null, cancellation))
        {
            await WaitAsync(item.Time + (item.Sample?.Duration ?? TimeSpan.Zero));
            if (item.Notice is { } notice)
            {
                Write(StreamEvents.OfSource(stream.Context.Address, notice, item.Time));
            }

            if (item.Sample is { } sample)
            {
                using (sample as IDisposable)
                {
                    _first ??= item.Time;
                    _last = item.Time + sample.Duration;
                    while (!pipeline.HasRoom && await pipeline.WaitForEffectAsync(cancellation))
                    {
                        pipeline.Drain();
                    }

                    pipeline.Next(sample);
                }
            }

            if (time.GetElapsedTime(_reported) >= ReportEvery)
            {
                Report(done: false);
            }
        }

        await pipeline.FinishEffectsAsync(cancellation);
        pipeline.Complete();
        await output.FlushAsync(cancellation);
    }

    public void Report(bool done)
    {
        _reported = time.GetTimestamp();
        double seconds = time.GetElapsedTime(_began).TotalSeconds;
        double recorded = _first is { } first ? (_last - first).TotalSeconds : 0;
        progress.WriteLine($"{(done ? "Done: " : "")}{recorded:F0} s of recording in {seconds:F1} s ({recorded / Math.Max(seconds, 1e-3):F1} × real time), {_events} events");
    }

    /// <summary>What was read and found, in a few lines.</summary>
    /// <returns>Whether anything could be read, and used.</returns>
    public bool Summarise()
    {
        foreach ((string type, long count) in _types)
        {
            progress.WriteLine($"  {type}: {count}");
        }

        foreach ((string code, (long count, StreamNotice first)) in _notices)
        {
            string where = string.Concat(new[] { first.Input, first.Position }.OfType<string>().Select(part => part + ": "));
            progress.WriteLine($"  notice '{code}': {count}; {where}{first.Message} {first.Remedy}".TrimEnd());
        }

        if (_first is null)
        {
            progress.WriteLine($"Nothing could be read of {request.Recording.Recording}.");
            return false;
        }

        return _notices.Values.All(notice => notice.First.Severity != NoticeSeverity.Error);
    }

    private IPipeline<TSample> Watched<TSample>(IPipeline<TSample> pipeline)
        where TSample : class, ITimed
    {
        figure?.Watch(pipeline);
        video?.Watch(pipeline);
        return pipeline;
    }

    private IEffectQueue Effects<TSample>(StreamParts<TSample> stream)
        where TSample : class, ITimed
    {
        string pipeline = request.Recording.Pipeline;
        if (request.EffectFile is { } recorded)
        {
            return new RecordedEffects(new StreamReader(recorded), recorded, pipeline);
        }

        return new EffectExecutor(stream.CreateHandlers(), limits, refuses: false, time)
        {
            Recorder = request.RecordEffectFile is { } file ? new EffectRecorder(new StreamWriter(file), pipeline) : null,
        };
    }

    private async Task WaitAsync(DateTimeOffset sample)
    {
        if (pace.Due(sample) is var due && due > TimeSpan.Zero)
        {
            await Task.Delay(due, time, cancellation);
        }
    }

    private void Write(SensorEvent sensorEvent)
    {
        _events++;
        _types[sensorEvent.Type.ToString()] = _types.GetValueOrDefault(sensorEvent.Type.ToString()) + 1;
        if (sensorEvent.Type == NodeEvents.Notice.Name)
        {
            StreamNotice notice = NodeEvents.Notice.Read(sensorEvent);
            (long count, StreamNotice first) = _notices.GetValueOrDefault(notice.Code, (0, notice));
            _notices[notice.Code] = (count + 1, first);
        }

        figure?.Add(sensorEvent);
        output.WriteLine(Encoding.UTF8.GetString(CloudEventJson.Write(sensorEvent)));
    }
}

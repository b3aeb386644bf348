using System.Reactive.Subjects;
using System.Runtime.ExceptionServices;
using Sensing.Configuration;
using Sensing.EdgeNode.Configuration;
using Sensing.EdgeNode.Streams;
using Sensing.Events;
using Sensing.Plots;
using Sensing.Streams;

namespace Sensing.EdgeNode.Commands;

/// <summary>Runs a recording through a pipeline, without outbox or broker.</summary>
internal sealed class Replay(StreamCatalogue catalogue, TimeProvider time)
{
    public async Task<int> RunAsync(ReplayRequest request, TextWriter output, TextWriter progress, CancellationToken cancellation)
    {
        string[] names = request.Address.Split('/');
        if (names.Length != 3 || !names.All(StreamAddress.IsName))
        {
            progress.WriteLine($"--address {request.Address}: must be site/node/stream, each of a-z, 0-9 and '-'");
            return ExitCode.Configuration;
        }

        ConfigurationResult<StreamOptions> bound = new ReplayOptions(catalogue).Of(request, names[2]);
        double speed = 0;
        try
        {
            speed = StreamPace.Speed(request.Speed);
        }
        catch (FormatException error)
        {
            bound = new ConfigurationResult<StreamOptions>(null, [.. bound.Problems, new ConfigurationProblem("--speed", error.Message)]);
        }

        if (bound.Value is not { } options)
        {
            foreach (ConfigurationProblem problem in bound.Problems)
            {
                progress.WriteLine(problem);
            }

            return ExitCode.Configuration;
        }

        var context = new StreamContext(new StreamAddress(names[0], names[1], names[2]), time, Directory.GetCurrentDirectory());
        ReplayPlot? plot = request.PlotFile is null ? null : new ReplayPlot();
        await using TextWriter? file = request.OutFile is { } path ? new StreamWriter(path) : null;
        var run = new ReplayRun(file ?? output, progress, time, new StreamPace(speed, TimeSpan.FromSeconds(options.MaxGapSeconds), time), plot, cancellation);
        try
        {
            await catalogue.Visit(options.Source!, options.Pipeline!, context, run);
            run.Report(done: true);
            if (plot is not null)
            {
                plot.Draw($"{Path.GetFileName(request.Recording)}").Save(request.PlotFile!);
                progress.WriteLine($"Drew {request.PlotFile}.");
            }

            return ExitCode.Done;
        }
        catch (Exception error) when (error is SourceException or PlotException)
        {
            progress.WriteLine(error.Message);
            return ExitCode.Failed;
        }
        catch (OperationCanceledException)
        {
            progress.WriteLine("Stopped.");
            return ExitCode.Failed;
        }
    }

    private sealed class ReplayRun(TextWriter output, TextWriter progress, TimeProvider time, StreamPace pace, ReplayPlot? plot, CancellationToken cancellation)
        : IStreamVisitor<Task>
    {
        private static readonly TimeSpan ReportEvery = TimeSpan.FromSeconds(1);

        private readonly long _began = time.GetTimestamp();
        private long _reported = time.GetTimestamp();
        private long _events;
        private DateTimeOffset? _first;
        private DateTimeOffset _last;

        public async Task Visit<TSample>(Func<ISource<TSample>> openSource, Func<IPipeline<TSample>> createPipeline, StreamContext context)
            where TSample : class, ITimed
        {
            ExceptionDispatchInfo? failure = null;
            await using ISource<TSample> source = openSource();
            using var samples = new Subject<TSample>();
            using IDisposable chain = createPipeline().Connect(samples)
                .Subscribe(Write, error => failure ??= ExceptionDispatchInfo.Capture(error));
            await foreach (SourceItem<TSample> item in source.ReadAsync(null, cancellation))
            {
                await WaitAsync(item.Time + (item.Sample?.Duration ?? TimeSpan.Zero));
                if (item.Notice is { } notice)
                {
                    Write(StreamEvents.OfSource(context.Address, notice, item.Time));
                }

                if (item.Sample is { } sample)
                {
                    _first ??= item.Time;
                    _last = item.Time + sample.Duration;
                    samples.OnNext(sample);
                    (sample as IDisposable)?.Dispose();
                    failure?.Throw();
                }

                if (time.GetElapsedTime(_reported) >= ReportEvery)
                {
                    Report(done: false);
                }
            }

            samples.OnCompleted();
            failure?.Throw();
            await output.FlushAsync(cancellation);
        }

        public void Report(bool done)
        {
            _reported = time.GetTimestamp();
            double seconds = time.GetElapsedTime(_began).TotalSeconds;
            double recorded = _first is { } first ? (_last - first).TotalSeconds : 0;
            progress.WriteLine($"{(done ? "Done: " : "")}{recorded:F0} s of recording in {seconds:F1} s ({recorded / Math.Max(seconds, 1e-3):F1} × real time), {_events} events");
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
            plot?.Add(sensorEvent);
            output.WriteLine(System.Text.Encoding.UTF8.GetString(CloudEventJson.Write(sensorEvent)));
        }
    }
}

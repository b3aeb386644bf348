using Microsoft.Extensions.Logging;
using Sensing.Configuration;
using Sensing.EdgeNode.Configuration;
using Sensing.EdgeNode.Models;
using Sensing.EdgeNode.Publishing;
using Sensing.EdgeNode.Streams;
using Sensing.Events;
using Sensing.Streams;

namespace Sensing.EdgeNode.Hosting;

public sealed partial class EdgeNodeHost
{
    /// <summary>Goes over to changed options while running: streams that changed restart, others go on untouched; a changed
    /// broker gets a new connection.</summary>
    /// <returns>Empty, or what cannot be changed while running; then nothing was changed.</returns>
    public async Task<IReadOnlyList<ConfigurationProblem>> ApplyAsync(NodeOptions changed)
    {
        await _applying.WaitAsync();
        try
        {
            if (_stopping || _outbox is null)
            {
                return [new ConfigurationProblem("", "the node is not running")];
            }

            NodeOptions old = _options;
            ConfigurationProblem[] fixedOnes = [.. Fixed(old, changed)];
            if (fixedOnes.Length > 0)
            {
                return fixedOnes;
            }

            _options = changed;
            var changes = new List<string>();
            bool all = old.Watchdog != changed.Watchdog || old.CheckpointSeconds != changed.CheckpointSeconds;
            Dictionary<string, StreamOptions> wanted = changed.Streams.ToDictionary(stream => stream.Name, StringComparer.Ordinal);
            RunningStream[] running;
            lock (_streams)
            {
                running = [.. _streams.Values];
            }

            foreach (RunningStream stream in running)
            {
                string name = stream.Supervisor.Options.Name;
                bool stays = wanted.TryGetValue(name, out StreamOptions? options)
                    && !all && StreamFingerprint.OfConfiguration(options) == StreamFingerprint.OfConfiguration(stream.Supervisor.Options);
                if (!stays)
                {
                    await stream.StopAsync();
                    stream.Dispose();
                    lock (_streams)
                    {
                        _streams.Remove(name);
                    }

                    changes.Add(options is null ? $"stream {name} removed" : $"stream {name} restarted");
                    if (options is null)
                    {
                        await _outbox.ForgetCheckpointAsync(name, CancellationToken.None);
                    }
                }
            }

            foreach (StreamOptions stream in changed.Streams.Where(stream => !IsRunning(stream.Name)))
            {
                StartStream(stream);
                if (!running.Any(was => was.Supervisor.Options.Name == stream.Name))
                {
                    changes.Add($"stream {stream.Name} added");
                }
            }

            if (old.Mqtt != changed.Mqtt)
            {
                RunningPublisher replaced = _publisher!;
                replaced.HandOver();
                await replaced.StopAsync();
                StartPublisher();
                replaced.Dispose();
                changes.Add("broker connection made anew");
            }

            HostLog.Changed(_logger, changes.Count == 0 ? "nothing that runs is concerned" : string.Join(", ", changes));
            return [];
        }
        finally
        {
            _applying.Release();
        }
    }

    /// <summary>What only a new start can change.</summary>
    private static IEnumerable<ConfigurationProblem> Fixed(NodeOptions old, NodeOptions changed)
    {
        (string Path, bool Changed)[] fixedOnes =
        [
            ("site", old.Site != changed.Site),
            ("node", old.Node != changed.Node),
            ("dataDirectory", old.DataDirectory != changed.DataDirectory),
            ("outbox", old.Outbox != changed.Outbox),
            ("models", old.Models != changed.Models),
            ("telemetry", old.Telemetry != changed.Telemetry),
        ];
        return fixedOnes.Where(option => option.Changed)
            .Select(option => new ConfigurationProblem(option.Path, "cannot be changed while the node runs: restart it"));
    }

    private bool IsRunning(string name)
    {
        lock (_streams)
        {
            return _streams.ContainsKey(name);
        }
    }

    private void StartStream(StreamOptions options)
    {
        var context = new StreamContext(new StreamAddress(_options.Site, _options.Node, options.Name), _time, _baseDirectory)
        {
            Models = _models,
            SiteEvents = _site,
        };
        var setting = new StreamSetting(
            options, context, TimeSpan.FromSeconds(_options.CheckpointSeconds), _outbox!,
            new StreamMonitor(options.Name, options.Pipeline!.Type, _time), _logs.CreateLogger<StreamSupervisor>())
        {
            Site = _site,
        };
        var supervisor = new StreamSupervisor(setting, _catalogue, _options.Watchdog, HashCode(options.Name));
        var stream = new RunningStream(supervisor, TimeSpan.FromSeconds(_options.StopDrainSeconds));
        lock (_streams)
        {
            _streams.Add(options.Name, stream);
        }

        stream.Start();
    }

    /// <summary>Opens the folder of fetched models, which no other process has now, and follows the cloud's manifests.</summary>
    private Task StartUpdates(string dataFolder, CancellationToken stop)
    {
        if (_options.Models.Fetch is not { } fetch)
        {
            return Task.CompletedTask;
        }

        ILogger logger = _logs.CreateLogger<ModelUpdates>();
        var models = FetchedModels.Open(Path.Combine(dataFolder, "models"), out IReadOnlyList<string> dropped);
        if (dropped.Count > 0)
        {
            ModelLog.Dropped(logger, string.Join(", ", dropped));
        }

        _updates = new ModelUpdates(fetch, _baseDirectory, models, _time, _seed, logger);
        _models = NodeModels.Of(_options.Models, _baseDirectory, programDirectory: null, _updates);
        return _updates.RunAsync(stop);
    }

    private void StartPublisher()
    {
        var voice = new NodeVoice(_options.Site, _options.Node, Status);
        var publisher = new Publisher(
            _options.Mqtt, _baseDirectory, voice, _outbox!, _time, _seed, _logs.CreateLogger<Publisher>(), _tally, _site, _updates);
        _publisher = new RunningPublisher(publisher, TimeSpan.FromSeconds(_options.StopDrainSeconds));
    }

    /// <summary>A seed for a stream that is the same in every run, unlike <see cref="object.GetHashCode"/>.</summary>
    private int HashCode(string name) => name.Aggregate(_seed, (hash, letter) => unchecked((hash * 31) + letter));
}

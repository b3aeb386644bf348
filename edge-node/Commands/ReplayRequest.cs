using Sensing.Modules;

namespace Sensing.EdgeNode.Commands;

/// <summary>What <c>edge-node replay</c> was asked for.</summary>
internal sealed record ReplayRequest
{
    public required RecordingRequest Recording { get; init; }

    /// <summary>max, realtime, or a multiple of real time.</summary>
    public string Speed { get; init; } = "max";

    /// <summary>Where the figure is drawn; null: no figure.</summary>
    public string? PlotFile { get; init; }

    /// <summary>Where the video is written; null: no video.</summary>
    public string? VideoFile { get; init; }

    /// <summary>Where the events are written; null: standard output.</summary>
    public string? OutFile { get; init; }

    /// <summary>site/node/stream of the events.</summary>
    public string Address { get; init; } = "local/desk/replay";

    /// <summary>Folder of models; null: none.</summary>
    public string? ModelFolder { get; init; }

    /// <summary>Recording of completions that takes the place of running commands; null: they are run.</summary>
    public string? EffectFile { get; init; }

    /// <summary>Where completions are recorded; null: nowhere.</summary>
    public string? RecordEffectFile { get; init; }
}

using System.CommandLine;
using Sensing.Configuration;
using Sensing.Events;
using Sensing.Streams;

namespace Sensing.Modules;

/// <summary>A pipeline with everything particular to it. Tiers know modules, and no pipeline: see docs/extending.md.</summary>
public interface IPipelineModule
{
    /// <summary>The key that holds the pipeline's options in a stream's configuration, for example <c>radar</c>.</summary>
    string Name { get; }

    /// <summary>Its event types.</summary>
    EventFamily Events { get; }

    /// <summary>Registers its sources and its pipeline.</summary>
    void Register(StreamCatalogue streams);

    /// <summary>The kinds of recordings that it reads; empty: none.</summary>
    IReadOnlyList<RecordingKind> Recordings => [];

    /// <summary>What a recording says about itself, without reading its samples; null where only they would tell.</summary>
    /// <param name="source">The source that reads it.</param>
    /// <param name="context">Folder that relative paths start from.</param>
    /// <exception cref="SourceException">It cannot be read.</exception>
    RecordingFacts? Inspect(ComponentChoice source, StreamContext context) => null;

    /// <summary>What <c>replay --plot</c> draws, in half a sentence; null: the pipeline has no figure.</summary>
    string? FigureSummary => null;

    /// <summary>A new figure of one replay; null: the pipeline has none.</summary>
    IReplayFigure? CreateFigure() => null;

    /// <summary>What <c>replay --video</c> shows, in half a sentence; null: the pipeline has no video.</summary>
    string? VideoSummary => null;

    /// <summary>A new video of one replay; null: the pipeline has none.</summary>
    /// <param name="path">File that is written, .mp4.</param>
    /// <exception cref="FigureException">The file cannot be written, or the encoder is missing.</exception>
    IReplayVideo? CreateVideo(string path) => null;

    /// <summary>The streams that a newcomer sees.</summary>
    IReadOnlyList<DemoStream> Demos => [];

    /// <summary>Its own commands of <c>edge-node</c>.</summary>
    /// <param name="modules">All modules of the program.</param>
    /// <param name="time">Clock of the program.</param>
    IEnumerable<Command> CreateCommands(ModuleCatalogue modules, TimeProvider time) => [];
}

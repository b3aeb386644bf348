using System.Text.Json.Nodes;

namespace Sensing.Benchmarks;

/// <summary>A named measurement: computes its figures when it is run, prints a table for people, returns the figures.</summary>
public interface IMeasure
{
    /// <summary>A figure that only a run has which could not measure all: why, by what it could not measure. The program ends with 1 then.</summary>
    const string Failed = "failed";

    /// <summary>The word after <c>benchmarks --</c>.</summary>
    string Name { get; }

    /// <summary>One line for <c>list</c>: what is measured.</summary>
    string Summary { get; }

    /// <summary>One line for <c>list</c>: inputs and options.</summary>
    string Inputs { get; }

    /// <summary>One line for <c>list</c>: about how long it takes.</summary>
    string Duration { get; }

    /// <summary>Runs it. Figures go into the JSON object after <c>measure</c>.</summary>
    /// <param name="options">The rest of the command line.</param>
    /// <param name="output">For tables and progress.</param>
    /// <param name="cancellation">Ctrl-C.</param>
    Task<JsonObject> RunAsync(MeasureOptions options, TextWriter output, CancellationToken cancellation);
}

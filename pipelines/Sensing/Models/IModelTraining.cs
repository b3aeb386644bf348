using Sensing.Events;

namespace Sensing.Models;

/// <summary>How the models of a name are trained again from what nodes have sent: what a pipeline brings to the cloud tier.</summary>
public interface IModelTraining
{
    /// <summary>Name of the models.</summary>
    string Model { get; }

    /// <summary>The events that carry what is to be labelled.</summary>
    EventTypeName Windows { get; }

    /// <summary>The labels that there are.</summary>
    IReadOnlyList<string> Labels { get; }

    /// <summary>The model that nodes have before one is published; null: none.</summary>
    PackagedModel? Packaged { get; }

    /// <summary>What an event says of itself, for the person who labels it; empty where the data cannot be read.</summary>
    string Describe(ReadOnlyMemory<byte> data);

    /// <summary>Trains a candidate and compares it with the model in use, on windows that neither has learnt from. May take minutes.</summary>
    /// <param name="windows">Labelled windows, by source and time.</param>
    /// <param name="inUse">The model in use: its bytes.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <exception cref="ModelException">The model in use cannot be run.</exception>
    TrainingOutcome Train(IReadOnlyList<LabelledEvent> windows, ReadOnlyMemory<byte> inUse, CancellationToken cancellation);
}

using System.ComponentModel;

namespace Sensing.Das.Events;

/// <summary>Payload of <c>sensing.das.waterfall.v1</c>: a piece of the fibre image for display. The event's time is its first row.</summary>
public sealed record WaterfallTile
{
    [Description("Rows: instants.")]
    public required int Rows { get; init; }

    [Description("Columns: positions along the fibre.")]
    public required int Columns { get; init; }

    [Description("Time from row to row, s.")]
    public required double StepSeconds { get; init; }

    [Description("Distance of the first column, m.")]
    public required double FirstM { get; init; }

    [Description("Distance from column to column, m.")]
    public required double StepM { get; init; }

    [Description("Value of one level; multiplied with a level it gives the value in the unit.")]
    public required double Scale { get; init; }

    [Description("Unit of the values: '1/s' or '1' where each channel is normalised.")]
    public required string Unit { get; init; }

    [Description("Levels -127 to 127 as signed bytes, row after row, base64; -128 where there is no value.")]
    public required string Levels { get; init; }
}

namespace Sensing.Das.Condition;

/// <summary>All positions at one instant, conditioned. The arrays are the step's own: valid while the item is being handled.</summary>
internal sealed class ConditionedRow
{
    public required FibreLayout Layout { get; init; }

    /// <summary>Time of row 0 since the last break.</summary>
    public DateTimeOffset Origin { get; set; }

    /// <summary>Number of the row since the last break.</summary>
    public long Row { get; set; }

    /// <summary>Evidence of each template, in deviations of the position's own noise; 0 where a position is set aside.</summary>
    public required float[][] Evidence { get; init; }

    /// <summary>One deviation of the first template's evidence in strain rate, 1/s.</summary>
    public required float[] Unit { get; init; }

    /// <summary>Mean square strain rate of the vibration band at the row, (1/s)².</summary>
    public required float[] Vibration { get; init; }

    /// <summary>False: the position is dead, noisy or masked.</summary>
    public required bool[] Alive { get; init; }
}

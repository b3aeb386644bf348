namespace Sensing.Drones.Events;

/// <summary>Where a task ran.</summary>
public enum TaskPlace
{
    /// <summary>Nowhere: it was dropped.</summary>
    None,

    /// <summary>On the edge accelerator.</summary>
    Edge,

    /// <summary>In the cloud.</summary>
    Cloud,
}

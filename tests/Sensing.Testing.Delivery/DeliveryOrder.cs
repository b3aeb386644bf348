namespace Sensing.Testing.Delivery;

/// <summary>By what the events of a stream are put in order before the order is checked.</summary>
public enum DeliveryOrder
{
    /// <summary>As they were stored: what a live reader sees.</summary>
    Stored,

    /// <summary>By their own time: what a query answers. For deliveries that come in another order than they were made.</summary>
    Time,
}

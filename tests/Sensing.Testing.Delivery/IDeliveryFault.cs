namespace Sensing.Testing.Delivery;

/// <summary>Something that goes wrong while events are on their way.</summary>
public interface IDeliveryFault
{
    /// <summary>The key of its counts in the report, in lower_case.</summary>
    string Name { get; }

    /// <summary>One line: what happens.</summary>
    string Summary { get; }

    DeliverySetup Setup { get; }

    /// <summary>Does it. Everything is up and the producers wait at <see cref="DeliveryRig.Gate"/>, which this opens as it goes; what it breaks
    /// is whole again when it returns.</summary>
    Task InjectAsync(DeliveryRig rig, CancellationToken cancellation);
}

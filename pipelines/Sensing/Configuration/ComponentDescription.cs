namespace Sensing.Configuration;

/// <summary>A component that configuration can choose.</summary>
/// <param name="Kind">What it is: <c>source</c>, <c>pipeline</c>, …</param>
/// <param name="Type">The word that chooses it.</param>
/// <param name="Summary">One sentence for the reference.</param>
/// <param name="OptionsType">Its options record.</param>
/// <param name="SampleType">What it yields or takes.</param>
public sealed record ComponentDescription(string Kind, string Type, string Summary, Type OptionsType, Type SampleType);

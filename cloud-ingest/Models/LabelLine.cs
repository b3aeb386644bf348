namespace Sensing.CloudIngest.Models;

/// <summary>A label that a person gave to an event.</summary>
/// <param name="Source">The stream that sent the event.</param>
/// <param name="Id">Its id.</param>
/// <param name="Label">What it shows.</param>
public sealed record LabelLine(string Source, string Id, string Label);

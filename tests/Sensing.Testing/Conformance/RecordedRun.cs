using Sensing.Events;

namespace Sensing.Testing.Conformance;

/// <summary>A run whose completions were recorded.</summary>
/// <param name="Events">What it reported.</param>
/// <param name="Lines">The recording, line by line, its header first.</param>
/// <param name="Borders">Units before each completion that entered: blocks must end there.</param>
internal sealed record RecordedRun(IReadOnlyList<SensorEvent> Events, IReadOnlyList<string> Lines, IReadOnlyList<int> Borders);
